import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Link, Skeleton } from '@backstage/ui';
import {
  ANNOTATION_ENVIRONMENT_ID,
  Environment,
} from '@greenroom/plugin-environments-common';
import { useEnvironment } from '../data/queries';
import { BehindNote } from '../environment/BehindNote';
import { OpenButtons } from '../environment/OpenButtons';
import { OutputList } from '../environment/OutputsCard';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Island } from '../portal/Island';
import { usePaths } from '../portal/paths';
import { EnvironmentStateBadge } from '../state/EnvironmentStateBadge';
import { TimeLeft } from '../time/TimeLeft';
import styles from './entityPage.module.css';

/** How the environment of the page is at this moment, which its entity does not tell. */
export function EnvironmentCard() {
  return (
    <Island>
      <Content />
    </Island>
  );
}

function Content() {
  const { entity } = useEntity();
  const { name, annotations } = entity.metadata;
  const id = annotations?.[ANNOTATION_ENVIRONMENT_ID];
  const { data, error, refetch } = useEnvironment(id ? { id } : { name });
  const paths = usePaths();
  return (
    <EntityInfoCard
      title="Environment"
      footerActions={
        data && (
          <div className={styles.actions}>
            <ButtonLink variant="secondary" href={paths.environment(data)}>
              {`Go to ${data.name}`}
            </ButtonLink>
            <OpenButtons environment={data} />
          </div>
        )
      }
    >
      {data && <Glance environment={data} />}
      {!data && !error && (
        <div aria-busy="true">
          <Skeleton width="100%" height={96} />
        </div>
      )}
      {!data &&
        error &&
        (isNotFound(error) ? (
          <p className={styles.none}>
            It is gone, or you may not see it. The catalog lets go of what is
            gone within minutes.
          </p>
        ) : (
          <Failure
            error={error}
            what="The environment could not be read"
            onRetry={refetch}
          />
        ))}
    </EntityInfoCard>
  );
}

function Glance({ environment }: { environment: Environment }) {
  const { blueprint, outputs } = environment;
  const paths = usePaths();
  return (
    <>
      <dl className={styles.facts}>
        <dt>State</dt>
        <dd>
          <EnvironmentStateBadge environment={environment} />
        </dd>
        <dt>Time left</dt>
        <dd>
          <TimeLeft environment={environment} inLine />
        </dd>
        <dt>Made of</dt>
        <dd>
          <Link href={paths.blueprint(blueprint.name)}>
            {blueprint.title} {blueprint.version}
          </Link>{' '}
          <BehindNote environment={environment} />
        </dd>
      </dl>
      {outputs.length > 0 && <OutputList outputs={outputs} />}
    </>
  );
}
