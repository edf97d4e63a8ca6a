import { Link } from '@backstage/ui';
import styles from './list.module.css';

/** The name by which a row of a list is known, and the way to its page. */
export function NameLink({ href, name }: { href: string; name: string }) {
  return (
    <Link
      href={href}
      standalone
      weight="bold"
      truncate
      title={name}
      className={styles.name}
    >
      {name}
    </Link>
  );
}
