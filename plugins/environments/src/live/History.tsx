import { Button } from '@backstage/ui';
import {
  Environment,
  LiveDetail,
  LiveHistoryEntry,
} from '@greenroom/plugin-environments-common';
import { useId, useState } from 'react';
import { DataTable } from '../portal/DataTable';
import { Moment } from '../time/Moment';
import { Revision } from './Revision';
import { RollbackDialog } from './RollbackDialog';
import { systemName } from './systems';
import { shortRevision } from './words';
import styles from './live.module.css';

/** What ran before, newest first, each with a way back to it. */
export function History(props: {
  environment: Environment;
  detail: LiveDetail;
  blocked?: string;
  onAsked: () => void;
}) {
  const { environment, detail, onAsked } = props;
  const { history } = detail;
  const [entry, setEntry] = useState<LiveHistoryEntry>();
  const id = useId();
  if (history.length === 0) return null;
  const blocked = props.blocked ?? noWayBack(environment, detail);
  return (
    <section aria-label="History">
      <h4 className={styles.heading}>History</h4>
      {blocked && history.length > 1 && (
        <p id={id} className={styles.note}>
          {`No going back now: ${blocked}`}
        </p>
      )}
      <DataTable
        label="What ran"
        columns={['Revision', 'Deployed', 'From', 'Use']}
        stacks
      >
        {history.map((one, index) => (
          <tr key={one.id}>
            <td>
              <Revision revision={one.revision} />
              {index === 0 && <strong> present</strong>}
            </td>
            <td>
              {one.deployedAt ? <Moment at={one.deployedAt} inWords /> : '–'}
            </td>
            <td>{one.source ?? '–'}</td>
            <td>
              {index === 0 ? (
                '–'
              ) : (
                <Button
                  variant="tertiary"
                  size="small"
                  isDisabled={blocked !== undefined}
                  aria-describedby={blocked ? id : undefined}
                  onPress={() => setEntry(one)}
                >
                  {`Roll back to ${shortRevision(one.revision)}…`}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </DataTable>
      {entry && (
        <RollbackDialog
          environment={environment}
          detail={detail}
          entry={entry}
          onAsked={onAsked}
          onClose={() => setEntry(undefined)}
        />
      )}
    </section>
  );
}

/** Why nothing that ran before may run again, though a sync may be asked for. */
function noWayBack(
  { name, state }: Environment,
  { driver, selfHeals }: LiveDetail,
): string | undefined {
  if (state === 'paused') {
    return `${name} is paused, and what ran before would wake it.`;
  }
  return selfHeals
    ? `${systemName(driver)} would undo it by itself.`
    : undefined;
}
