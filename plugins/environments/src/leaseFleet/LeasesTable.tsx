import { Cell, Row } from '@backstage/ui';
import { LeaseSummary } from '@greenroom/plugin-environments-common';
import { entityName } from '../entity/names';
import { ListColumn, ListSelection, ListTable } from '../list/ListTable';
import { NameLink } from '../list/NameLink';
import { usePaths } from '../portal/paths';
import { EnvironmentStateBadge } from '../state/EnvironmentStateBadge';
import { ExtendButton } from './ExtendButton';
import { LeaseTimeLeft } from './LeaseTimeLeft';
import { nextStep, whyThen } from './nextStep';
import listStyles from '../list/list.module.css';
import styles from './leaseFleet.module.css';

const COLUMNS: ListColumn[] = [
  { id: 'name', label: 'Name' },
  { id: 'state', label: 'State', width: '128px' },
  { id: 'owner', label: 'Owner', width: '12%' },
  { id: 'timeLeft', label: 'Time left', width: '248px' },
  { id: 'then', label: 'Then', width: '172px' },
  { id: 'why', label: 'Because' },
  { id: 'extend', label: 'Extend', width: '96px' },
];

export type LeaseRow = LeaseSummary & { id: string };

/** The leases of one page of the list, what ends first above. */
export function LeasesTable(props: {
  rows: readonly LeaseRow[];
  loading: boolean;
  selection: ListSelection;
}) {
  return (
    <ListTable label="Leases" columns={COLUMNS} {...props}>
      {lease => <LeaseTableRow lease={lease} />}
    </ListTable>
  );
}

function LeaseTableRow({ lease }: { lease: LeaseRow }) {
  const paths = usePaths();
  const { id, environmentName: name, owner, rule } = lease;
  const why = whyThen(lease);
  return (
    <Row id={id} className={listStyles.row}>
      <Cell textValue={name}>
        <NameLink
          href={paths.environment({ id, name, state: lease.state })}
          name={name}
        />
      </Cell>
      <Cell>
        <EnvironmentStateBadge environment={{ state: lease.state, lease }} />
      </Cell>
      <Cell>
        <span className={listStyles.clip} title={owner}>
          {entityName(owner)}
        </span>
      </Cell>
      <Cell>
        <LeaseTimeLeft lease={lease} />
      </Cell>
      <Cell>
        <span className={listStyles.clip}>{nextStep(lease)}</span>
      </Cell>
      <Cell>
        <span className={styles.why} title={`${why} (${rule})`}>
          {why}
        </span>
      </Cell>
      <Cell>
        <ExtendButton lease={lease} />
      </Cell>
    </Row>
  );
}
