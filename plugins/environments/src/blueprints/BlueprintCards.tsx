import { Skeleton } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { useBlueprints } from '../data/queries';
import { SearchBox } from '../list/SearchBox';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { BlueprintCard } from './BlueprintCard';
import styles from './blueprints.module.css';

/** Cards of the blueprints that match the search in the address. */
export function BlueprintCards(props: {
  /** Only those from which something can be created. */
  usableOnly?: boolean;
}) {
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('q') ?? '';
  const blueprints = useBlueprints(search);
  const shown = blueprints.data?.filter(
    ({ recommendedVersion }) => !props.usableOnly || recommendedVersion,
  );

  return (
    <>
      <div className={styles.toolbar} role="search" aria-label="Blueprints">
        <SearchBox
          label="Search blueprints"
          value={search}
          onChange={q => setParameters(q ? { q } : {}, { replace: true })}
        />
      </div>
      {blueprints.isError && !blueprints.data && (
        <Failure
          error={blueprints.error}
          what="The blueprints could not be read"
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
      {shown?.length === 0 &&
        (search ? (
          <Notice title="No blueprint matches">
            Search looks at names, titles, descriptions and tags.
          </Notice>
        ) : (
          <Notice title="No blueprints yet">
            A platform engineer writes one as YAML beside its Terraform, and
            registers it in the catalog as kind EnvironmentBlueprint. It appears
            here once it is published.
          </Notice>
        ))}
      {shown && shown.length > 0 && (
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
