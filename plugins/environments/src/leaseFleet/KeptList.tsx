import { Cell, Row, useBreakpoint } from '@backstage/ui';
import { useState } from 'react';
import { BulkBar } from '../bulk/BulkBar';
import { useSelection } from '../bulk/useSelection';
import { entityName } from '../entity/names';
import { ListItems } from '../list/ListItems';
import { ListSection } from '../list/ListSection';
import { ListColumn, ListSelection, ListTable } from '../list/ListTable';
import { NameLink } from '../list/NameLink';
import { FIRST_PAGE, PAGE_SIZE } from '../list/page';
import { Pager } from '../list/Pager';
import { usePaths } from '../portal/paths';
import { Moment } from '../time/Moment';
import { LeaseFilters, toSelection } from './filters';
import { LeaseRow } from './LeasesTable';
import { useLeases } from './queries';
import listStyles from '../list/list.module.css';
import styles from './leaseFleet.module.css';

type KeptName = 'held' | 'protected';

const COLUMNS: Record<KeptName, ListColumn[]> = {
  held: columns('Held until', 'Would end'),
  protected: columns('Since', 'Time'),
};

function columns(when: string, end: string): ListColumn[] {
  return [
    { id: 'name', label: 'Environment' },
    { id: 'when', label: when, width: '150px' },
    { id: 'by', label: 'By', width: '12%' },
    { id: 'why', label: 'Why', width: '28%' },
    { id: 'end', label: end, width: '196px' },
    { id: 'owner', label: 'Owner', width: '14%' },
  ];
}

/** The environments that are held, or that are protected. */
export function KeptList(props: {
  list: KeptName;
  filters: LeaseFilters;
  heading: string;
  empty: string;
}) {
  const { list, filters, heading, empty } = props;
  const [place, setPlace] = useState(FIRST_PAGE);
  const selected = toSelection(filters);
  const leases = useLeases({
    ...selected,
    list,
    cursor: place.cursor,
    limit: PAGE_SIZE,
  });
  const rows = (leases.data?.items ?? []).map(lease => ({
    ...lease,
    id: lease.environmentId,
  }));
  const selection = useSelection({ of: selected, rows });
  const { down } = useBreakpoint();
  const Rows = down('md') ? KeptItems : KeptTable;
  return (
    <ListSection
      heading={heading}
      what={`What is ${list} could not be read`}
      list={leases}
      height={108}
      empty={empty}
    >
      {page => (
        <>
          <div className={listStyles.table}>
            <Rows
              list={list}
              label={heading}
              rows={rows}
              selection={selection}
            />
          </div>
          {page.total > PAGE_SIZE && (
            <Pager
              place={place}
              shown={page.items.length}
              total={page.total}
              nextCursor={page.nextCursor}
              onChange={setPlace}
            />
          )}
          <BulkBar selection={selection} total={page.total} />
        </>
      )}
    </ListSection>
  );
}

interface RowsProps {
  list: KeptName;
  label: string;
  rows: readonly LeaseRow[];
  selection: ListSelection;
}

function KeptTable({ list, ...props }: RowsProps) {
  return (
    <ListTable columns={COLUMNS[list]} loading={false} {...props}>
      {lease => {
        const by = keeperOf(list, lease);
        return (
          <Row id={lease.id} className={listStyles.row}>
            <Cell textValue={lease.environmentName}>
              <LeaseLink lease={lease} />
            </Cell>
            <Cell>
              <When list={list} lease={lease} />
            </Cell>
            <Cell>
              <span className={listStyles.clip} title={by?.by}>
                {by && entityName(by.by)}
              </span>
            </Cell>
            <Cell>
              <span className={styles.reason} title={by?.reason}>
                {by?.reason}
              </span>
            </Cell>
            <Cell>
              <End list={list} lease={lease} />
            </Cell>
            <Cell>
              <span className={listStyles.clip} title={lease.owner}>
                {entityName(lease.owner)}
              </span>
            </Cell>
          </Row>
        );
      }}
    </ListTable>
  );
}

function KeptItems({ list, ...props }: RowsProps) {
  return (
    <ListItems
      height={80}
      loading={false}
      nameOf={({ environmentName }) => environmentName}
      {...props}
    >
      {lease => {
        const by = keeperOf(list, lease);
        return (
          <>
            <LeaseLink lease={lease} />
            <div>
              {list === 'held' ? 'Until ' : 'Since '}
              <When list={list} lease={lease} />
              {by && ` by ${entityName(by.by)}: ${by.reason}`}
            </div>
            <div className={styles.quiet}>
              {entityName(lease.owner)} ·{' '}
              {list === 'held' ? 'would end ' : 'its time: '}
              <End list={list} lease={lease} />
            </div>
          </>
        );
      }}
    </ListItems>
  );
}

function keeperOf(list: KeptName, { hold, protection }: LeaseRow) {
  return list === 'held' ? hold : protection;
}

function When({ list, lease }: { list: KeptName; lease: LeaseRow }) {
  const { hold, protection } = lease;
  const at = list === 'held' ? hold?.until : protection?.since;
  return at ? <Moment at={at} inWords /> : null;
}

/** When it would end if nobody kept it. */
function End({ list, lease }: { list: KeptName; lease: LeaseRow }) {
  const { expiresAt, stage } = lease;
  if (!expiresAt) return <>{list === 'held' ? 'never' : 'no end'}</>;
  const since = stage === 'blocked' ? 'up since ' : 'until ';
  return (
    <>
      {list === 'protected' && since}
      <Moment at={expiresAt} inWords />
    </>
  );
}

function LeaseLink({ lease }: { lease: LeaseRow }) {
  const paths = usePaths();
  const { id, environmentName: name, state } = lease;
  return <NameLink href={paths.environment({ id, name, state })} name={name} />;
}
