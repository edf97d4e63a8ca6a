import { ReactNode } from 'react';
import { StateIcon } from './StateIcon';
import { StateView } from './states';
import styles from './state.module.css';

/** A state as shape and word; `children` replaces the word where it says more: `Running for 2 min`. */
export function StateBadge(props: {
  view: StateView;
  large?: boolean;
  children?: ReactNode;
}) {
  const { view, large, children } = props;
  return (
    <span
      className={`${styles.badge} ${large ? styles.large : ''} ${styles[`${view.tone}Word`] ?? ''}`}
    >
      <StateIcon view={view} />
      <span>{children ?? view.word}</span>
    </span>
  );
}
