import { ButtonLink, useBreakpoint } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { BulkBar } from '../bulk/BulkBar';
import { useSelection } from '../bulk/useSelection';
import { useEnvironmentCounts, useEnvironments } from '../data/queries';
import { Failure } from '../feedback/Failure';
import { StaleNote } from '../feedback/StaleNote';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { Answer } from './Answer';
import { EnvironmentsItems } from './EnvironmentsItems';
import { EnvironmentsTable } from './EnvironmentsTable';
import { toBulkFilter, toQuery } from './filters';
import { NothingHere } from './NothingHere';
import { Pager } from '../list/Pager';
import { Toolbar } from './Toolbar';
import { useFilters } from './useFilters';
import { useSteadyRows } from '../list/useSteadyRows';
import listStyles from '../list/list.module.css';
import styles from './environments.module.css';

const WHAT = 'The environments could not be read';

/** What runs, whose, how healthy, how old, how long to live. */
export function EnvironmentsPage() {
  const paths = usePaths();
  const { filters, setFilters } = useFilters();
  const counts = useEnvironmentCounts();
  const list = useEnvironments(toQuery(filters));
  const { rows, hold } = useSteadyRows(list.data?.items ?? []);
  const selection = useSelection(toBulkFilter(filters), rows);
  const { down } = useBreakpoint();
  const phone = down('md');
  const loading = list.isPending;
  const empty = list.data !== undefined && rows.length === 0;

  return (
    <PageFrame title="Environments" tab="environments">
      <PageTitle
        title="Environments"
        answer={
          counts.isError && !counts.data ? null : (
            <Answer counts={counts.data} />
          )
        }
        actions={
          <ButtonLink
            href={paths.create()}
            size={phone ? 'medium' : 'small'}
            iconStart={<RiAddLine />}
          >
            {phone ? 'Create' : 'Create environment'}
          </ButtonLink>
        }
      />
      <Toolbar
        filters={filters}
        setFilters={setFilters}
        counts={counts.data}
        rows={rows}
      />
      {list.isError && !list.data ? (
        <Failure error={list.error} what={WHAT} onRetry={list.refetch} />
      ) : (
        <>
          <StaleNote error={list.error} what={WHAT} onRetry={list.refetch} />
          {empty ? (
            <NothingHere
              filters={filters}
              counts={counts.data}
              onChange={setFilters}
            />
          ) : (
            <div
              {...hold}
              className={`${listStyles.table} ${styles.table} ${list.isPlaceholderData ? listStyles.pending : ''}`}
            >
              {phone ? (
                <EnvironmentsItems rows={rows} loading={loading} />
              ) : (
                <EnvironmentsTable
                  rows={rows}
                  loading={loading}
                  filters={filters}
                  onChange={setFilters}
                  selection={selection}
                />
              )}
            </div>
          )}
          {list.data && !empty && (
            <Pager
              place={filters}
              shown={list.data.items.length}
              total={list.data.total}
              nextCursor={list.data.nextCursor}
              onChange={place => setFilters({ ...filters, ...place })}
            />
          )}
          {list.data && !phone && (
            <BulkBar selection={selection} total={list.data.total} />
          )}
        </>
      )}
    </PageFrame>
  );
}
