import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import {
  ANNOTATION_ENVIRONMENT_ID,
  Environment,
} from '@greenroom/plugin-environments-common';
import { useEnvironment } from '../data/queries';
import { LiveGlance } from '../live/LiveGlance';
import { useLive } from '../live/queries';
import { systemsOf } from '../live/systems';
import { Island } from '../portal/Island';
import { usePaths } from '../portal/paths';
import styles from './entityPage.module.css';

/** What runs of the environment of the page, where a system looks after it. */
export function LiveCard() {
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
  // That it can't be read says the card of the environment.
  const { data } = useEnvironment(id ? { id } : { name });
  return data ? <Seen environment={data} /> : null;
}

function Seen({ environment }: { environment: Environment }) {
  const systems = systemsOf(environment, useLive(environment).data);
  const paths = usePaths();
  if (!systems) return null;
  return (
    <EntityInfoCard
      title={systems}
      footerActions={
        <div className={styles.actions}>
          <ButtonLink variant="secondary" href={paths.live(environment)}>
            {`Show what runs of ${environment.name}`}
          </ButtonLink>
        </div>
      }
    >
      <LiveGlance environment={environment} />
    </EntityInfoCard>
  );
}
