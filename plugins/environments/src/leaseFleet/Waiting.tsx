import { Cell, Row, useBreakpoint } from '@backstage/ui';
import { WaitingLease } from '@greenroom/plugin-environments-common';
import { BulkBar } from '../bulk/BulkBar';
import { useSelection } from '../bulk/useSelection';
import { entityName } from '../entity/names';
import { Notice } from '../feedback/Notice';
import { ListItems } from '../list/ListItems';
import { ListColumn, ListSelection, ListTable } from '../list/ListTable';
import { NameLink } from '../list/NameLink';
import { PAGE_SIZE } from '../list/page';
import { PagedList } from '../list/PagedList';
import { useSteadyRows } from '../list/useSteadyRows';
import { usePaths } from '../portal/paths';
import { Moment } from '../time/Moment';
import { ExtendButton } from './ExtendButton';
import { LeaseFilters } from './filters';
import { nextStep } from './nextStep';
import { useWaitingLeases } from './queries';
import { SetLeaseFilters } from './useLeaseFilters';
import listStyles from '../list/list.module.css';
import styles from './leaseFleet.module.css';

type WaitingRow = WaitingLease & { id: string };

const COLUMNS: ListColumn[] = [
  { id: 'name', label: 'Name' },
  { id: 'due', label: 'Time was up', width: '176px' },
  { id: 'then', label: 'Would be', width: '196px' },
  { id: 'owner', label: 'Owner', width: '22%' },
  { id: 'extend', label: 'Extend', width: '96px' },
];

/** What the brake holds until an operator says what becomes of it. */
export function Waiting(props: {
  filters: LeaseFilters;
  setFilters: SetLeaseFilters;
}) {
  const { filters, setFilters } = props;
  const list = useWaitingLeases({
    owner: filters.owner,
    cursor: filters.cursor,
    limit: PAGE_SIZE,
  });
  const items = list.data?.items.map(lease => ({
    ...lease,
    id: lease.environmentId,
  }));
  const { rows, hold } = useSteadyRows(items ?? []);
  const selection = useSelection({ of: filters.owner, rows });
  const { down } = useBreakpoint();
  const Rows = down('md') ? WaitingItems : WaitingTable;
  return (
    <>
      <PagedList
        what="What waits could not be read"
        list={list}
        place={filters}
        onPlace={place => setFilters({ ...filters, ...place })}
        hold={hold}
        empty={
          <Notice title="Nothing waits for a word">
            When very many leases fall due in a leap of the clock, they wait
            here until an operator says what becomes of them.
          </Notice>
        }
      >
        <Rows rows={rows} loading={list.isPending} selection={selection} />
      </PagedList>
      {list.data && <BulkBar selection={selection} total={list.data.total} />}
    </>
  );
}

interface RowsProps {
  rows: readonly WaitingRow[];
  loading: boolean;
  selection: ListSelection;
}

function WaitingTable(props: RowsProps) {
  return (
    <ListTable label="Waiting leases" columns={COLUMNS} {...props}>
      {lease => (
        <Row id={lease.id} className={listStyles.row}>
          <Cell textValue={lease.environmentName}>
            <LeaseLink lease={lease} />
          </Cell>
          <Cell>
            <Moment at={lease.dueAt} inWords />
          </Cell>
          <Cell>{nextStep(lease)}</Cell>
          <Cell>
            <span className={listStyles.clip} title={lease.owner}>
              {entityName(lease.owner)}
            </span>
          </Cell>
          <Cell>
            <ExtendButton lease={{ ...lease, expiresAt: lease.dueAt }} />
          </Cell>
        </Row>
      )}
    </ListTable>
  );
}

function WaitingItems(props: RowsProps) {
  return (
    <ListItems
      label="Waiting leases"
      height={60}
      nameOf={({ environmentName }) => environmentName}
      {...props}
    >
      {lease => (
        <>
          <LeaseLink lease={lease} />
          <div className={styles.quiet}>
            {entityName(lease.owner)} · would be {nextStep(lease)}
          </div>
          <div className={styles.itemFoot}>
            <span>
              Time was up <Moment at={lease.dueAt} inWords />
            </span>
            <ExtendButton lease={{ ...lease, expiresAt: lease.dueAt }} />
          </div>
        </>
      )}
    </ListItems>
  );
}

function LeaseLink({ lease }: { lease: WaitingRow }) {
  const paths = usePaths();
  const { id, environmentName: name } = lease;
  return <NameLink href={paths.environmentById(id, name)} name={name} />;
}
