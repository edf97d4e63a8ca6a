import { ReactNode } from 'react';
import styles from './feedback.module.css';

/** Says why there is nothing here, and what the next step is. */
export function Notice(props: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={styles.notice}>
      <h3 className={styles.noticeTitle}>{props.title}</h3>
      {props.children && <p className={styles.noticeText}>{props.children}</p>}
      {props.actions && <div className={styles.actions}>{props.actions}</div>}
    </div>
  );
}
