import { ButtonLink } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { useBlueprint } from '../data/queries';
import { Card } from '../portal/Card';
import { usePaths } from '../portal/paths';
import styles from './environment.module.css';

/** Says that its blueprint recommends another version, and where that leads. */
export function UpgradeCard({ environment }: { environment: Environment }) {
  const { blueprint, name } = environment;
  const paths = usePaths();
  const recommended = useBlueprint(blueprint.name).data?.recommendedVersion;
  if (!recommended || recommended === blueprint.version) return null;
  return (
    <Card title={`${recommended} recommended`}>
      <p className={styles.upgrade}>
        It is on {blueprint.version}. The plan says what would change, resource
        by resource.
      </p>
      <ButtonLink variant="secondary" href={paths.change('upgrade', name)}>
        {`Plan the upgrade to ${recommended}`}
      </ButtonLink>
    </Card>
  );
}
