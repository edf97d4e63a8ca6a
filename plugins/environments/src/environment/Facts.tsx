import { Link } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { costText } from '../cost/words';
import { EntityLink } from '../entity/EntityLink';
import { usePaths } from '../portal/paths';
import { Age } from '../time/Elapsed';
import { Moment } from '../time/Moment';
import { BehindNote } from './BehindNote';
import styles from './environment.module.css';

/** Whose it is, what it is made from, and since when it is there. */
export function Facts({ environment }: { environment: Environment }) {
  const paths = usePaths();
  const { owner, blueprint, createdBy, createdAt, destroyedAt, cost } =
    environment;
  return (
    <span className={styles.facts}>
      {destroyedAt && (
        <>
          <strong>
            It was taken down <Moment at={destroyedAt} inWords />, and nothing
            of it is left.
          </strong>{' '}
        </>
      )}
      <EntityLink entityRef={owner} /> ·{' '}
      <Link href={paths.blueprint(blueprint.name)}>
        {blueprint.name} {blueprint.version}
      </Link>{' '}
      <BehindNote environment={environment} />· created by{' '}
      <EntityLink entityRef={createdBy} /> <Age from={createdAt} /> ago,{' '}
      <Moment at={createdAt} />
      {cost && !destroyedAt && <> · {costText(cost)}</>}
    </span>
  );
}
