import { LiveResource } from '@greenroom/plugin-environments-common';
import { StateBadge } from '../state/StateBadge';
import { HEALTH_VIEWS, SYNC_VIEWS } from '../state/states';
import { Moment } from '../time/Moment';
import { TreeNode } from './tree';
import { shortRevision } from './words';
import styles from './live.module.css';

/** One resource: what it is, how it stands, and why where that is known. */
export function ResourceLine(props: { node: TreeNode; folded: boolean }) {
  const { node, folded } = props;
  const { kind, name, health, sync, message, createdAt } = node.resource;
  return (
    <div className={styles.line}>
      <span className={styles.what}>
        <span className={styles.quiet} title={placeOf(node.resource)}>
          {kind}
        </span>{' '}
        <span className={styles.resourceName}>{name}</span>
        {folded && (
          <span className={styles.quiet}> · {node.children.length}</span>
        )}
      </span>
      <span className={styles.badges}>
        {health && <StateBadge view={HEALTH_VIEWS[health]} />}
        {sync && sync !== 'synced' && <StateBadge view={SYNC_VIEWS[sync]} />}
      </span>
      {createdAt && (
        <span className={styles.since}>
          <Moment at={createdAt} />
        </span>
      )}
      {node.images.length > 0 && (
        <code className={styles.below} title={node.images.join(', ')}>
          {node.images.map(shortRevision).join(', ')}
        </code>
      )}
      {message && health !== 'healthy' && (
        <span className={styles.below}>{message}</span>
      )}
    </div>
  );
}

/** `apps, in the namespace shop-demo` */
function placeOf({ group, namespace }: LiveResource): string | undefined {
  const where = namespace && `in the namespace ${namespace}`;
  return [group, where].filter(Boolean).join(', ') || undefined;
}
