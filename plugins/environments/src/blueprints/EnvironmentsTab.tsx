import { ButtonLink, useBreakpoint } from '@backstage/ui';
import { Blueprint } from '@greenroom/plugin-environments-common';
import { useSearchParams } from 'react-router-dom';
import { useEnvironments } from '../data/queries';
import { EnvironmentsItems } from '../environments/EnvironmentsItems';
import { EnvironmentsTable } from '../environments/EnvironmentsTable';
import {
  changeFilters,
  Filters,
  readFilters,
  toQuery,
  writeFilters,
} from '../environments/filters';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { FilterSelect } from '../list/FilterSelect';
import { Pager } from '../list/Pager';
import { SearchBox } from '../list/SearchBox';
import { useSteadyRows } from '../list/useSteadyRows';
import { usePaths } from '../portal/paths';
import listStyles from '../list/list.module.css';

const WHAT = 'The environments could not be read';

/** What runs of this blueprint, whoever owns it, on all versions or on some. */
export function EnvironmentsTab({ blueprint }: { blueprint: Blueprint }) {
  const paths = usePaths();
  const [parameters, setParameters] = useSearchParams();
  const filters = readFilters(parameters);
  const version = parameters.getAll('version');
  const setFilters = (
    next: Filters,
    versions = version,
    options?: { replace: boolean },
  ) => {
    const address = writeFilters(next);
    address.set('tab', 'environments');
    for (const one of versions) address.append('version', one);
    setParameters(address, options);
  };
  const list = useEnvironments({
    ...toQuery(filters),
    scope: 'all',
    blueprint: [blueprint.name],
    version: version.length > 0 ? version : undefined,
  });
  const { rows, hold } = useSteadyRows(list.data?.items ?? []);
  const { down } = useBreakpoint();
  const narrowed = version.length > 0 || filters.search !== '';

  return (
    <>
      <div
        className={listStyles.toolbar}
        role="search"
        aria-label={`Environments of ${blueprint.title}`}
      >
        <SearchBox
          label="Search environments"
          value={filters.search}
          onChange={search =>
            setFilters(changeFilters(filters, { search }), version, {
              replace: true,
            })
          }
        />
        <FilterSelect
          name="Version"
          options={blueprint.versionList.map(one => ({
            id: one.version,
            label: `${one.version} (${one.environments})`,
          }))}
          selected={version}
          onChange={next => setFilters(changeFilters(filters, {}), next)}
        />
        <ButtonLink
          variant="secondary"
          href={paths.newFleetUpgrade(blueprint.name)}
        >
          Upgrade the fleet
        </ButtonLink>
      </div>
      {list.isError && !list.data ? (
        <Failure error={list.error} what={WHAT} onRetry={list.refetch} />
      ) : (
        <>
          <StaleNote error={list.error} what={WHAT} onRetry={list.refetch} />
          {list.data && rows.length === 0 ? (
            <Nothing blueprint={blueprint} narrowed={narrowed} />
          ) : (
            <div
              {...hold}
              className={`${listStyles.table} ${list.isPlaceholderData ? listStyles.pending : ''}`}
            >
              {down('md') ? (
                <EnvironmentsItems rows={rows} loading={list.isPending} />
              ) : (
                <EnvironmentsTable
                  rows={rows}
                  loading={list.isPending}
                  filters={filters}
                  onChange={setFilters}
                />
              )}
            </div>
          )}
          {list.data && rows.length > 0 && (
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

function Nothing(props: { blueprint: Blueprint; narrowed: boolean }) {
  const { blueprint, narrowed } = props;
  const paths = usePaths();
  if (narrowed) {
    return (
      <Notice
        title="No environment matches"
        actions={
          <ButtonLink
            variant="secondary"
            href={paths.blueprint(blueprint.name, '?tab=environments')}
          >
            Show all of this blueprint
          </ButtonLink>
        }
      >
        Search looks at names, owners and titles of blueprints.
      </Notice>
    );
  }
  return (
    <Notice
      title="Nobody uses it yet"
      actions={
        blueprint.recommendedVersion && (
          <ButtonLink
            variant="secondary"
            href={paths.create(blueprint.name)}
          >{`Create from ${blueprint.title}`}</ButtonLink>
        )
      }
    >
      Environments made of it, and not destroyed, show here.
    </Notice>
  );
}
