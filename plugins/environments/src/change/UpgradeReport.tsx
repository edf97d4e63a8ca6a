import { Link } from '@backstage/ui';
import { EnvironmentUpgrade } from '@greenroom/plugin-environments-common';
import { changeLines } from './changeLines';
import styles from './change.module.css';

/** What another version changes, and what of it concerns this environment. */
export function UpgradeReport(props: {
  upgrade: EnvironmentUpgrade;
  /** Lines at most; all when absent. */
  most?: number;
  /** Where the others are. */
  href?: string;
}) {
  const { upgrade, most = Infinity, href } = props;
  const { comparison, problems, warnings, drops } = upgrade;
  const { lines, small } = changeLines(comparison?.changes ?? []);
  const files = comparison?.files.length ?? 0;
  const shown = lines.slice(0, most);
  const more = lines.length - shown.length;
  return (
    <>
      {warnings.map(({ message, remedy }) => (
        <p key={message} className={styles.warning}>
          {message} {remedy}
        </p>
      ))}
      {problems.map(({ message }) => (
        <p key={message} className={styles.hint}>
          <strong>{message}</strong>
        </p>
      ))}
      {drops.length > 0 && (
        <p className={styles.hint}>Left out: {drops.join(', ')}.</p>
      )}
      {shown.length > 0 && (
        <ul className={styles.changes}>
          {shown.map(({ text, breaking }) => (
            <li key={text}>{breaking ? <strong>{text}</strong> : text}</li>
          ))}
        </ul>
      )}
      {more > 0 && href && (
        <p className={styles.hint}>
          <Link href={href}>{`${more} more`}</Link>
        </p>
      )}
      {files + small > 0 && (
        <p className={styles.quiet}>
          {[
            files > 0 &&
              `${files} ${files === 1 ? 'file differs' : 'files differ'}`,
            small > 0 && `${small} about how it looks`,
          ]
            .filter(Boolean)
            .join(', ')}
          .
        </p>
      )}
    </>
  );
}
