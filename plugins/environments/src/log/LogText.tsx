import { Fragment } from 'react';
import { readAnsi } from './ansi';
import styles from './log.module.css';

/** The text of a line in its colours, with what is searched for marked. */
export function LogText(props: { text: string; search: string }) {
  return (
    <>
      {readAnsi(props.text).map((span, index) => (
        <span
          key={index}
          className={[
            span.colour && styles[span.colour],
            span.bold && styles.bold,
          ]
            .filter(Boolean)
            .join(' ')}
        >
          <Marked text={span.text} search={props.search} />
        </span>
      ))}
    </>
  );
}

function Marked({ text, search }: { text: string; search: string }) {
  if (!search) return <>{text}</>;
  const parts: { text: string; hit: boolean }[] = [];
  const haystack = text.toLowerCase();
  const needle = search.toLowerCase();
  let from = 0;
  for (
    let at = haystack.indexOf(needle);
    at >= 0;
    at = haystack.indexOf(needle, from)
  ) {
    parts.push({ text: text.slice(from, at), hit: false });
    parts.push({ text: text.slice(at, at + needle.length), hit: true });
    from = at + needle.length;
  }
  parts.push({ text: text.slice(from), hit: false });
  return (
    <>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {part.hit ? <mark>{part.text}</mark> : part.text}
        </Fragment>
      ))}
    </>
  );
}
