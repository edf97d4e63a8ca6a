import { SearchField, useBreakpoint } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';
import styles from './list.module.css';

/** Long enough to type a word, short enough not to be noticed. */
const SETTLE_MS = 250;

/** Searches once typing rests. `/` leads here from anywhere on the page. */
export function SearchBox(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { value, onChange } = props;
  const { down } = useBreakpoint();
  const [text, setText] = useState(value);
  const input = useRef<HTMLDivElement>(null);
  const change = useRef(onChange);
  change.current = onChange;

  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => change.current(text.trim()), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  useSlashKey(() => input.current?.querySelector('input')?.focus());

  return (
    <div className={styles.search} ref={input}>
      <SearchField
        aria-label={props.label}
        aria-keyshortcuts="/"
        placeholder="Search"
        size={down('md') ? 'medium' : 'small'}
        value={text}
        onChange={setText}
      />
      {text === '' && (
        <kbd className={styles.key} aria-hidden="true">
          /
        </kbd>
      )}
    </div>
  );
}

function useSlashKey(action: () => void): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      if (isTyping(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
