import { Button, Skeleton } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { useBlueprints } from '../data/queries';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { FilterSelect } from '../list/FilterSelect';
import { PhoneFilters } from '../list/PhoneFilters';
import { SearchBox } from '../list/SearchBox';
import { BlueprintCard } from './BlueprintCard';
import {
  BlueprintFilters,
  countBlueprintFilters,
  filterBlueprints,
  filterOptions,
  readBlueprintFilters,
  writeBlueprintFilters,
} from './filters';
import listStyles from '../list/list.module.css';
import styles from './blueprints.module.css';

const WHAT = 'The blueprints could not be read';

/** Cards of the blueprints that match what is in the address. */
export function BlueprintCards(props: {
  /** Only those from which something can be created. */
  usableOnly?: boolean;
}) {
  const [parameters, setParameters] = useSearchParams();
  const filters = readBlueprintFilters(parameters);
  const blueprints = useBlueprints(filters.search);
  const known = (blueprints.data ?? []).filter(
    ({ recommendedVersion }) => !props.usableOnly || recommendedVersion,
  );
  const shown = filterBlueprints(known, filters);
  const options = filterOptions(known, filters);
  const set = countBlueprintFilters(filters);
  const change = (
    part: Partial<BlueprintFilters>,
    how?: { replace: boolean },
  ) => setParameters(writeBlueprintFilters({ ...filters, ...part }), how);

  return (
    <>
      <div className={listStyles.toolbar} role="search" aria-label="Blueprints">
        <SearchBox
          label="Search blueprints"
          value={filters.search}
          onChange={search => change({ search }, { replace: true })}
        />
        <PhoneFilters set={set}>
          <FilterSelect
            name="Type"
            options={options.type}
            selected={filters.type}
            onChange={type => change({ type })}
          />
          <FilterSelect
            name="Owner"
            searchable
            options={options.owner}
            selected={filters.owner}
            onChange={owner => change({ owner })}
          />
          <FilterSelect
            name="Tag"
            searchable
            options={options.tag}
            selected={filters.tag}
            onChange={tag => change({ tag })}
          />
        </PhoneFilters>
      </div>
      {blueprints.data && (
        <StaleNote
          error={blueprints.error}
          what={WHAT}
          onRetry={blueprints.refetch}
        />
      )}
      {blueprints.isError && !blueprints.data && (
        <Failure
          error={blueprints.error}
          what={WHAT}
          onRetry={blueprints.refetch}
        />
      )}
      {blueprints.isPending && (
        <div className={styles.cards} aria-busy="true">
          {[0, 1, 2].map(index => (
            <Skeleton key={index} width="100%" height={232} />
          ))}
        </div>
      )}
      {blueprints.data && shown.length === 0 && (
        <NothingHere
          narrowed={filters.search !== '' || set > 0}
          onClear={() => setParameters({})}
        />
      )}
      {shown.length > 0 && (
        <ul className={styles.cards}>
          {shown.map(blueprint => (
            <li key={blueprint.name}>
              <BlueprintCard blueprint={blueprint} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function NothingHere(props: { narrowed: boolean; onClear: () => void }) {
  if (props.narrowed) {
    return (
      <Notice
        title="No blueprint matches"
        actions={
          <Button variant="secondary" onPress={props.onClear}>
            Show all blueprints
          </Button>
        }
      >
        Search looks at names, titles, descriptions and tags.
      </Notice>
    );
  }
  return (
    <Notice title="No blueprints yet">
      A platform engineer writes one as YAML beside its Terraform, and registers
      it in the catalog as kind EnvironmentBlueprint. It appears here once it is
      published.
    </Notice>
  );
}
