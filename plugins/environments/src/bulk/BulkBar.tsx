import { Button } from '@backstage/ui';
import { BULK_LIMIT, BulkAction } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { BulkDialog } from './BulkDialog';
import { Selection } from './useSelection';
import { BULK_ORDER, BULK_WORDS } from './words';
import styles from './bulk.module.css';

/** What may be done to the environments that are selected; stays in sight below the list, and moves no row. */
export function BulkBar(props: {
  selection: Selection;
  /** How many match the filters. */
  total: number;
}) {
  const { selection, total } = props;
  const { count, target, isAll, selectAll, clear } = selection;
  const [asking, setAsking] = useState<BulkAction>();
  if (count === 0) return null;
  const shown = isAll ? total : count;
  return (
    <section className={styles.bar} aria-label="Selected environments">
      <strong aria-live="polite">{shown} selected</strong>
      {!isAll && selectAll && total > count && (
        <Button
          variant="tertiary"
          isDisabled={total > BULK_LIMIT}
          onPress={selectAll}
        >
          {total > BULK_LIMIT
            ? `${BULK_LIMIT} is the most at once`
            : `Select all ${total} that match`}
        </Button>
      )}
      <Button variant="tertiary" onPress={clear}>
        Clear
      </Button>
      <span className={styles.actions}>
        {BULK_ORDER.map(action => (
          <Button
            key={action}
            variant="secondary"
            className={action === 'destroy' ? styles.destroys : undefined}
            onPress={() => setAsking(action)}
          >
            {`${BULK_WORDS[action].verb}…`}
          </Button>
        ))}
      </span>
      {asking && (
        <BulkDialog
          action={asking}
          target={target}
          onClose={done => {
            setAsking(undefined);
            if (done) clear();
          }}
        />
      )}
    </section>
  );
}
