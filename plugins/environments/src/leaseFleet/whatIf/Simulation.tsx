import { Button, Link, Skeleton } from '@backstage/ui';
import {
  LEASE_OUTCOMES,
  LeaseSimulation,
  SimulatedLease,
  SimulateLeasesRequest,
} from '@greenroom/plugin-environments-common';
import { ReactNode } from 'react';
import { EntityLink } from '../../entity/EntityLink';
import { entityName } from '../../entity/names';
import { Failure } from '../../feedback/Failure';
import { DataTable } from '../../portal/DataTable';
import { usePaths } from '../../portal/paths';
import { Moment } from '../../time/Moment';
import { useLeaseBrake } from '../queries';
import { useSimulatedLeases } from './queries';
import {
  brakeText,
  costsText,
  costText,
  hoursText,
  OUTCOME_WORDS,
  standingText,
  warningsOf,
} from './words';
import styles from './whatIf.module.css';

/** Owners that are named in the answer. */
const OWNERS_NAMED = 5;

const COLUMNS: {
  label: string;
  cell: (lease: SimulatedLease) => ReactNode;
}[] = [
  { label: 'Environment', cell: lease => <Name lease={lease} /> },
  {
    label: 'Would be',
    cell: ({ outcome }) => OUTCOME_WORDS[outcome].one,
  },
  { label: 'Ends', cell: ({ endsAt }) => <End at={endsAt} /> },
  {
    label: 'Would end',
    cell: ({ wouldEndAt, outcome }) =>
      outcome === 'needs-end' ? 'nobody can say' : <End at={wouldEndAt} />,
  },
  {
    label: 'Cost',
    cell: ({ cost }) => (cost ? costText(cost) : '–'),
  },
  { label: 'From now on', cell: standingText },
  {
    label: 'By rule',
    cell: ({ rule }) => <code className={styles.kept}>{rule ?? '–'}</code>,
  },
  { label: 'Owner', cell: ({ owner }) => <EntityLink entityRef={owner} /> },
];

/** What the rules would have come to: in counts, and environment by environment. */
export function Simulation(props: {
  simulation: LeaseSimulation;
  request: SimulateLeasesRequest;
}) {
  const { simulation, request } = props;
  const { leases, outcomes, owners } = simulation;
  const brake = useLeaseBrake().data;
  const warnings = warningsOf(simulation);
  return (
    <section className={styles.section} aria-label="What would be">
      <h3 className={styles.heading}>
        {leases === 1
          ? 'Of 1 lease, had these rules held from its start'
          : `Of ${leases} leases, had these rules held from their start`}
      </h3>
      <ul className={styles.counts} aria-live="polite">
        {LEASE_OUTCOMES.filter(
          outcome => outcomes[outcome] > 0 || outcome === 'unchanged',
        ).map(outcome => (
          <li key={outcome}>
            {OUTCOME_WORDS[outcome].many(outcomes[outcome])}
          </li>
        ))}
      </ul>
      {warnings.length > 0 && (
        <>
          <h3 className={styles.heading}>From now on</h3>
          <ul className={styles.counts}>
            {warnings.map(text => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <p className={styles.quiet}>
        {hoursText(simulation)} Sleep is not taken off. {costsText(simulation)}
        {owners.length > 0 &&
          ` Most of it concerns ${owners
            .slice(0, OWNERS_NAMED)
            .map(one => `${entityName(one.owner)} (${one.environments})`)
            .join(', ')}.`}{' '}
        {brake && brakeText(simulation, brake.limits)}
      </p>
      <Environments request={request} />
    </section>
  );
}

function Environments({ request }: { request: SimulateLeasesRequest }) {
  const list = useSimulatedLeases(request);
  const { data, error, isPending, refetch } = list;
  if (error && !data) {
    return (
      <Failure
        error={error}
        what="The environments could not be read"
        onRetry={refetch}
      />
    );
  }
  if (isPending) return <Skeleton width="100%" height={144} />;
  const items = data.pages.flatMap(page => page.items);
  if (items.length === 0) return <p>No environment would fare otherwise.</p>;
  return (
    <>
      <DataTable
        label="Environments that would fare otherwise"
        columns={COLUMNS.map(({ label }) => label)}
        stacks
      >
        {items.map(lease => (
          <tr key={lease.environmentId}>
            {COLUMNS.map(({ label, cell }) => (
              <td key={label}>{cell(lease)}</td>
            ))}
          </tr>
        ))}
      </DataTable>
      {list.hasNextPage && (
        <Button
          variant="secondary"
          isPending={list.isFetchingNextPage}
          onPress={() => list.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </>
  );
}

function Name({ lease }: { lease: SimulatedLease }) {
  const { environmentId, environmentName } = lease;
  const paths = usePaths();
  return (
    <Link
      href={paths.environmentById(environmentId, environmentName)}
      weight="bold"
    >
      {environmentName}
    </Link>
  );
}

function End({ at }: { at?: string }) {
  return at ? <Moment at={at} inWords className={styles.kept} /> : <>never</>;
}
