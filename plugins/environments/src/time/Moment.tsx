import { formatExact, formatMoment, formatMomentInWords } from './format';
import { useNow } from './useNow';

/** A moment for the glance, with the exact one on hover. */
export function Moment(props: {
  at: string;
  inWords?: boolean;
  className?: string;
}) {
  const now = useNow(15_000);
  const format = props.inWords ? formatMomentInWords : formatMoment;
  return (
    <time
      dateTime={props.at}
      title={formatExact(props.at)}
      className={props.className}
    >
      {format(props.at, { now })}
    </time>
  );
}
