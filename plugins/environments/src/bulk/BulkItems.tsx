import { Link } from '@backstage/ui';
import { BulkAction, BulkItem } from '@greenroom/plugin-environments-common';
import { entityName } from '../entity/names';
import { keyboardScrollable } from '../portal/keyboardScrollable';
import { usePaths } from '../portal/paths';
import { Moment } from '../time/Moment';
import { BULK_WORDS, inTurn } from './words';
import styles from './bulk.module.css';

/** What would come of each environment, or has. */
export function BulkItems(props: {
  action: BulkAction;
  items: readonly BulkItem[];
  label: string;
}) {
  const { action, items, label } = props;
  return (
    <section
      {...keyboardScrollable}
      aria-label={label}
      className={styles.items}
    >
      <ul>
        {inTurn(items).map(item => (
          <li key={item.environmentId} className={styles.item}>
            <Name item={item} />
            <span className={styles.what}>
              <What action={action} item={item} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Name({ item }: { item: BulkItem }) {
  const { environmentId, name, owner } = item;
  const paths = usePaths();
  return (
    <span className={styles.name}>
      {name ? (
        <Link href={paths.environmentById(environmentId, name)} weight="bold">
          {name}
        </Link>
      ) : (
        environmentId
      )}
      {owner && <span className={styles.quiet}> {entityName(owner)}</span>}
    </span>
  );
}

function What({ action, item }: { action: BulkAction; item: BulkItem }) {
  const { problem, operation, expiresBefore, expiresAfter, dueAt } = item;
  const { environmentId, name = environmentId, resources } = item;
  const paths = usePaths();
  if (problem) {
    return (
      <span className={styles.refused}>
        <strong>Refused:</strong> {problem.message}
      </span>
    );
  }
  if (operation) {
    const { number } = operation;
    return (
      <Link
        href={paths.operationOf({
          number,
          environmentId,
          environmentName: name,
        })}
      >
        {`${BULK_WORDS[action].each}, operation ${number}`}
      </Link>
    );
  }
  if (expiresAfter) {
    return (
      <>
        ends <Moment at={expiresAfter} inWords />
        {expiresBefore && (
          <>
            , not <Moment at={expiresBefore} inWords />
          </>
        )}
      </>
    );
  }
  if (dueAt) {
    return (
      <>
        nothing falls due before <Moment at={dueAt} inWords />
      </>
    );
  }
  if (resources !== undefined) {
    return (
      <>{resources === 1 ? '1 resource goes' : `${resources} resources go`}</>
    );
  }
  return null;
}
