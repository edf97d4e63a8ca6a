import { ButtonLink } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { UpgradeReport } from '../change/UpgradeReport';
import { useUpgrade } from '../change/useUpgrade';
import { Card } from '../portal/Card';
import { usePaths } from '../portal/paths';
import styles from './environment.module.css';

/** Lines of the report before the rest is a link. */
const LINES = 4;

/** Says that its blueprint recommends another version, and what that would mean for it. */
export function UpgradeCard({ environment }: { environment: Environment }) {
  const { name } = environment;
  const paths = usePaths();
  const upgrade = useUpgrade(environment).data;
  if (!upgrade?.to) return null;
  const { from, to, behind, needs } = upgrade;
  const href = paths.change('upgrade', name);
  return (
    <Card title={`${to} recommended`}>
      <p className={styles.upgrade}>
        {behind
          ? `It is behind, on ${from}.`
          : `It is on ${from}, a newer one.`}
        {needs.length > 0 && (
          <>
            {' '}
            <strong>{`Newly needed: ${needs.join(', ')}.`}</strong>
          </>
        )}
      </p>
      <UpgradeReport upgrade={upgrade} most={LINES} href={href} />
      <ButtonLink variant="secondary" href={href}>
        {`Plan the upgrade to ${to}`}
      </ButtonLink>
    </Card>
  );
}
