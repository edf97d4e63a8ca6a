import { Button, useBreakpoint } from '@backstage/ui';
import { useOperations } from '../data/operationQueries';
import { Notice } from '../feedback/Notice';
import { PagedList } from '../list/PagedList';
import { ListToolbar } from '../list/ListToolbar';
import { PhoneFilters } from '../list/PhoneFilters';
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

  const set = countOperationFilters(filters);
  const selects = (
    <OperationFilterSelects
      filters={filters}
      rows={rows}
      ofOneEnvironment={ofOne}
      onChange={setFilters}
    />
  );

  return (
    <>
      {ofOne ? (
        <div className={styles.toolbar} role="search" aria-label="Operations">
          <PhoneFilters set={set}>{selects}</PhoneFilters>
        </div>
      ) : (
        <ListToolbar
          label="Operations"
          searchLabel="Search operations by environment"
          scope={filters.scope}
          search={filters.search}
          onScope={scope =>
            setFilters(changeOperationFilters(filters, { scope }))
          }
          onSearch={search =>
            setFilters(changeOperationFilters(filters, { search }), {
              replace: true,
            })
          }
          set={set}
        >
          {selects}
        </ListToolbar>
      )}
      <PagedList
        what="The operations could not be read"
        list={list}
        place={filters}
        onPlace={place => setFilters({ ...filters, ...place })}
        hold={hold}
        empty={<NoOperations filters={filters} onChange={setFilters} />}
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
      </PagedList>
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
