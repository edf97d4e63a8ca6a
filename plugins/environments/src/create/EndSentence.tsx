import { formatDurationSeconds } from '@greenroom/plugin-environments-common';
import { formatExact, formatMomentInWords } from '../time/format';
import { useNow } from '../time/useNow';

/** The exact moment at which it ends, and what is lost then. */
export function EndSentence(props: { seconds?: number; wrong: boolean }) {
  const { seconds, wrong } = props;
  const now = useNow();
  if (wrong) return <>Its time to live needs a correction.</>;
  if (seconds === undefined) {
    return <>It does not end by itself: destroy it when it has served.</>;
  }
  const end = new Date(now + seconds * 1000).toISOString();
  return (
    <>
      Ends{' '}
      <strong>
        <time dateTime={end} title={formatExact(end)}>
          {formatMomentInWords(end, { now })}
        </time>
      </strong>
      : {formatDurationSeconds(seconds)} from the request; then everything it
      made is destroyed.
    </>
  );
}
