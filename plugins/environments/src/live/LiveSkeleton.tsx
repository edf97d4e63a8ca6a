import { Skeleton } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { lookedAfter } from './systems';
import styles from './live.module.css';

/** As high as what comes, and where it comes. */
export function LiveSkeleton({ environment }: { environment: Environment }) {
  const components = lookedAfter(environment);
  const several = components.length > 1;
  return (
    <div aria-busy="true" className={several ? styles.columns : undefined}>
      {several && (
        <div className={styles.loading}>
          {components.map(({ id }) => (
            <Skeleton key={id} width="100%" height={72} />
          ))}
        </div>
      )}
      <div className={styles.detail}>
        <div className={styles.loading}>
          <Skeleton width="40%" height={28} />
          <Skeleton width="60%" height={20} />
        </div>
        <Skeleton width="100%" height={320} />
      </div>
    </div>
  );
}
