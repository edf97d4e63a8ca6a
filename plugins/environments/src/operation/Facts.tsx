import { Link } from '@backstage/ui';
import { Operation } from '@greenroom/plugin-environments-common';
import { EntityLink } from '../entity/EntityLink';
import { usePaths } from '../portal/paths';
import { Moment } from '../time/Moment';
import { Cause } from './Cause';
import { planText } from './words';
import styles from './operation.module.css';

/** Who wanted it and why, what it is made from, what it plans, and who had a say. */
export function Facts({ operation }: { operation: Operation }) {
  const paths = usePaths();
  const { blueprint, plan, confirmation, cancel, worker, state } = operation;
  const { reads = [] } = operation;
  return (
    <span className={styles.facts}>
      <Cause operation={operation} /> ·{' '}
      <Link href={paths.blueprint(blueprint.name)}>
        {blueprint.name} {blueprint.version}
      </Link>
      {reads.map(({ environmentId, name, outputs }) => (
        <span key={environmentId}>
          {' '}
          · read {outputs.join(', ')} of{' '}
          <Link href={paths.environmentById(environmentId, name)}>{name}</Link>
        </span>
      ))}
      {plan && ` · plan ${planText(plan)}`}
      {confirmation?.planHash && (
        <>
          {' '}
          <code title={confirmation.planHash}>
            {shortHash(confirmation.planHash)}
          </code>
        </>
      )}
      {confirmation?.confirmedBy && confirmation.confirmedAt && (
        <>
          , confirmed by <EntityLink entityRef={confirmation.confirmedBy} />{' '}
          <Moment at={confirmation.confirmedAt} inWords />
        </>
      )}
      {cancel && (
        <>
          {' '}
          · {/* It may have come too late to stop anything. */}
          {state === 'cancelled'
            ? 'cancelled'
            : 'asked to be cancelled'} by <EntityLink entityRef={cancel.by} />{' '}
          <Moment at={cancel.at} inWords />
          {cancel.reason && `: ${cancel.reason}`}
        </>
      )}
      {worker && state === 'running' && ` · on ${worker}`}
    </span>
  );
}

/** Enough of a digest to tell two apart. */
export function shortHash(hash: string): string {
  return hash.replace(/^sha256:/, '').slice(0, 8);
}
