import { Link, Skeleton } from '@backstage/ui';
import {
  AffectedEnvironment,
  BlueprintImpact,
} from '@greenroom/plugin-environments-common';
import { useImpact } from '../../data/blueprintQueries';
import { EntityLink } from '../../entity/EntityLink';
import { Failure } from '../../feedback/Failure';
import { DataTable } from '../../portal/DataTable';
import { usePaths } from '../../portal/paths';
import styles from './compare.module.css';

/** Which of the environments that run on one version could not be upgraded to the other. */
export function ImpactSection(props: {
  name: string;
  from: string;
  to: string;
}) {
  const { name, from, to } = props;
  const impact = useImpact(name, to, from);
  return (
    <section aria-labelledby="impact" aria-busy={impact.isPending}>
      <h3 id="impact" className={styles.heading}>
        Environments on {from}
      </h3>
      {impact.isError && (
        <Failure
          error={impact.error}
          what="What an upgrade would mean could not be found out"
          onRetry={impact.refetch}
        />
      )}
      {impact.isPending && <Skeleton width="100%" height={72} />}
      {impact.data && (
        <>
          <p className={styles.answer}>{impactText(impact.data, to)}</p>
          <Affected impact={impact.data} />
        </>
      )}
    </section>
  );
}

function impactText({ environments, affected }: BlueprintImpact, to: string) {
  if (environments === 0) return 'None runs on it.';
  const all =
    environments === 1
      ? 'The one that runs'
      : `All ${environments} that run there`;
  if (affected === 0) return `${all} could be upgraded to ${to} as they are.`;
  return `${affected} of ${environments} could not be upgraded to ${to} as ${affected === 1 ? 'it is' : 'they are'}.`;
}

function Affected({ impact }: { impact: BlueprintImpact }) {
  const { items, affected } = impact;
  const hidden = affected - items.length;
  return (
    <>
      {items.length > 0 && (
        <DataTable
          label="Environments that would break"
          columns={['Environment', 'Owner', 'What is in the way']}
          stacks
        >
          {items.map(item => (
            <AffectedRow key={item.id} item={item} />
          ))}
        </DataTable>
      )}
      {hidden > 0 && (
        <p className={styles.none}>
          {hidden} more {hidden === 1 ? 'is' : 'are'} not shown: they are beyond
          the first 100, or not yours to see.
        </p>
      )}
    </>
  );
}

function AffectedRow({ item }: { item: AffectedEnvironment }) {
  const paths = usePaths();
  return (
    <tr>
      <td>
        <Link href={paths.environmentById(item.id, item.name)}>
          {item.name}
        </Link>
      </td>
      <td>
        <EntityLink entityRef={item.owner} />
      </td>
      <td>
        {item.problems.map(({ message, remedy }, index) => (
          <div key={index}>
            {message} {remedy && <span className={styles.quiet}>{remedy}</span>}
          </div>
        ))}
      </td>
    </tr>
  );
}
