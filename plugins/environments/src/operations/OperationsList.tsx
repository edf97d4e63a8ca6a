import { Button, useBreakpoint } from '@backstage/ui';
import { useOperations } from '../data/operationQueries';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { Pager } from '../list/Pager';
import { PhoneFilters } from '../list/PhoneFilters';
import { ScopeToggle } from '../list/ScopeToggle';
import { SearchBox } from '../list/SearchBox';
import { useSteadyRows } from '../list/useSteadyRows';
import {
  changeOperationFilters,
  countOperationFilters,
  OperationFilters,
  toOperationsQuery,
} from './filters';
import { OperationFilterSelects } from './OperationFilterSelects';
import { OperationsItems } from './OperationsItems';
import { OperationsTable } from './OperationsTable';
import { useOperationFilters } from './useOperationFilters';
import styles from '../list/list.module.css';

const WHAT = 'The operations could not be read';

/** Operations with their filters, of all environments or of one. */
export function OperationsList(props: { environmentId?: string }) {
  const { environmentId } = props;
  const ofOne = environmentId !== undefined;
  const { filters, setFilters } = useOperationFilters();
  const query = toOperationsQuery(filters);
  const list = useOperations(
    ofOne ? { ...query, environmentId, scope: 'all', search: '' } : query,
  );
  const { rows, hold } = useSteadyRows(list.data?.items ?? []);
  const { down } = useBreakpoint();
  const empty = list.data !== undefined && rows.length === 0;

  return (
    <>
      <div className={styles.toolbar} role="search" aria-label="Operations">
        {!ofOne && (
          <>
            <ScopeToggle
              label="Whose operations"
              scope={filters.scope}
              onChange={scope =>
                setFilters(changeOperationFilters(filters, { scope }))
              }
            />
            <SearchBox
              label="Search operations by environment"
              value={filters.search}
              onChange={search =>
                setFilters(changeOperationFilters(filters, { search }), {
                  replace: true,
                })
              }
            />
          </>
        )}
        <PhoneFilters set={countOperationFilters(filters)}>
          <OperationFilterSelects
            filters={filters}
            rows={rows}
            ofOneEnvironment={ofOne}
            onChange={setFilters}
          />
        </PhoneFilters>
      </div>
      {list.isError && !list.data ? (
        <Failure error={list.error} what={WHAT} onRetry={list.refetch} />
      ) : (
        <>
          <StaleNote error={list.error} what={WHAT} onRetry={list.refetch} />
          {empty ? (
            <NoOperations filters={filters} onChange={setFilters} />
          ) : (
            <div
              {...hold}
              className={`${styles.table} ${list.isPlaceholderData ? styles.pending : ''}`}
            >
              {down('md') ? (
                <OperationsItems rows={rows} loading={list.isPending} />
              ) : (
                <OperationsTable
                  rows={rows}
                  loading={list.isPending}
                  ofOneEnvironment={ofOne}
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
        </>
      )}
    </>
  );
}

function NoOperations(props: {
  filters: OperationFilters;
  onChange: (filters: OperationFilters) => void;
}) {
  const { filters, onChange } = props;
  if (filters.search || countOperationFilters(filters) > 0) {
    return (
      <Notice
        title="No operation matches"
        actions={
          <Button
            variant="secondary"
            onPress={() =>
              onChange(
                changeOperationFilters(filters, {
                  search: '',
                  state: [],
                  kind: [],
                  owner: [],
                }),
              )
            }
          >
            Clear search and filters
          </Button>
        }
      />
    );
  }
  return (
    <Notice
      title="No operations yet"
      actions={
        filters.scope === 'all' ? undefined : (
          <Button
            variant="secondary"
            onPress={() =>
              onChange(changeOperationFilters(filters, { scope: 'all' }))
            }
          >
            Show all
          </Button>
        )
      }
    >
      Every change to an environment is listed here, from its create to its
      destroy.
    </Notice>
  );
}
