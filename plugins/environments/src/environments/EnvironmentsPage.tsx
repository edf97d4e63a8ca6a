import { ButtonLink, useBreakpoint } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { BulkBar } from '../bulk/BulkBar';
import { useSelection } from '../bulk/useSelection';
import { useEnvironmentCounts, useEnvironments } from '../data/queries';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { Answer } from './Answer';
import { EnvironmentsItems } from './EnvironmentsItems';
import { EnvironmentsTable } from './EnvironmentsTable';
import { toBulkFilter, toQuery } from './filters';
import { NothingHere } from './NothingHere';
import { PagedList } from '../list/PagedList';
import { Toolbar } from './Toolbar';
import { useFilters } from './useFilters';
import { useSteadyRows } from '../list/useSteadyRows';
import styles from './environments.module.css';

/** What runs, whose, how healthy, how old, how long to live. */
export function EnvironmentsPage() {
  const paths = usePaths();
  const { filters, setFilters } = useFilters();
  const counts = useEnvironmentCounts();
  const list = useEnvironments(toQuery(filters));
  const { rows, hold } = useSteadyRows(list.data?.items ?? []);
  const filter = toBulkFilter(filters);
  const selection = useSelection({ of: filter, rows, filter });
  const { down } = useBreakpoint();
  const phone = down('md');

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
      <PagedList
        what="The environments could not be read"
        list={list}
        place={filters}
        onPlace={place => setFilters({ ...filters, ...place })}
        hold={hold}
        className={styles.table}
        empty={
          <NothingHere
            filters={filters}
            counts={counts.data}
            onChange={setFilters}
          />
        }
      >
        {phone ? (
          <EnvironmentsItems
            rows={rows}
            loading={list.isPending}
            selection={selection}
          />
        ) : (
          <EnvironmentsTable
            rows={rows}
            loading={list.isPending}
            filters={filters}
            onChange={setFilters}
            selection={selection}
          />
        )}
      </PagedList>
      {list.data && <BulkBar selection={selection} total={list.data.total} />}
    </PageFrame>
  );
}
