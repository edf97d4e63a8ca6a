import { RiErrorWarningLine } from '@remixicon/react';
import styles from './create.module.css';

/** What is wrong with a field, right below it; the field names it as its description. */
export function FieldError(props: { id: string; error?: string }) {
  return (
    <div id={props.id} aria-live="polite" className={styles.error}>
      {props.error && (
        <>
          <RiErrorWarningLine size={16} aria-hidden="true" /> {props.error}
        </>
      )}
    </div>
  );
}
