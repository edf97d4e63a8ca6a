import { Alert } from '@backstage/ui';
import { Problem } from '@greenroom/plugin-environments-common';
import styles from './live.module.css';

/** Of what nothing can be said at this moment, why, and what to do about it. */
export function LiveProblems({ problems }: { problems: Problem[] }) {
  return (
    <>
      {problems.map(({ component, message, remedy }, index) => (
        <div key={index} role="status" className={styles.problem}>
          <Alert
            status="warning"
            icon
            title={component ? `${component}: ${message}` : message}
            description={remedy}
          />
        </div>
      ))}
    </>
  );
}
