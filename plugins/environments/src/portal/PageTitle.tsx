import { ReactNode } from 'react';
import styles from './portal.module.css';

/** Name, state and actions in a row, and below them the sentence that people came for. */
export function PageTitle(props: {
  title: ReactNode;
  state?: ReactNode;
  actions?: ReactNode;
  answer?: ReactNode;
}) {
  return (
    <header className={styles.head}>
      <div className={styles.titleRow}>
        <h2 className={styles.title}>{props.title}</h2>
        {props.state}
        <div className={`${styles.actions} ${styles.wrapping}`}>
          {props.actions}
        </div>
      </div>
      <div className={styles.answer}>{props.answer}</div>
    </header>
  );
}
