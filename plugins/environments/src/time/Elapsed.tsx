import { formatSpan, formatTook, millisecondsBetween } from './format';
import { useNow } from './useNow';

/** How long something took, or has taken so far. */
export function Elapsed(props: { from: string; to?: string }) {
  return props.to ? (
    <>{formatTook(millisecondsBetween(props.from, props.to))}</>
  ) : (
    <Running from={props.from} />
  );
}

function Running({ from }: { from: string }) {
  const now = useNow();
  return <>{formatTook(Math.max(1000, millisecondsBetween(from, now)))}</>;
}

/** How long ago something was: `2 d`. */
export function Age(props: { from: string }) {
  const now = useNow(15_000);
  return <>{formatSpan(millisecondsBetween(props.from, now) / 1000)}</>;
}
