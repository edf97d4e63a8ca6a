import styles from './time.module.css';

/** Drains leftwards. The words beside it say the same, so it is hidden from screen readers. */
export function TimeLeftBar(props: {
  share: number;
  urgent: boolean;
  wide?: boolean;
}) {
  return (
    <span
      aria-hidden="true"
      className={`${styles.bar} ${props.wide ? styles.wide : ''}`}
    >
      <span
        className={`${styles.fill} ${props.urgent ? styles.urgentFill : ''}`}
        style={{ width: `${Math.max(3, props.share * 100)}%` }}
      />
    </span>
  );
}
