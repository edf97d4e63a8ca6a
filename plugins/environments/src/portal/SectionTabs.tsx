import { Link } from '@backstage/ui';
import styles from './portal.module.css';

export interface SectionTab {
  id: string;
  label: string;
  /** How many things it holds, where that is known. */
  count?: number;
  href: string;
}

/** The parts of one thing as links: each has an address of its own. */
export function SectionTabs(props: {
  label: string;
  tabs: SectionTab[];
  current: string;
}) {
  return (
    <nav aria-label={props.label} className={styles.sections}>
      {props.tabs.map(({ id, label, count, href }) => (
        <Link
          key={id}
          href={href}
          standalone
          className={styles.tab}
          aria-current={id === props.current ? 'page' : undefined}
        >
          {label}
          {count !== undefined && <span className={styles.count}>{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
