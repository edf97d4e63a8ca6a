import { Link } from '@backstage/ui';
import {
  FleetCandidate,
  FleetPreview,
} from '@greenroom/plugin-environments-common';
import { Card } from '../../portal/Card';
import { usePaths } from '../../portal/paths';
import styles from '../fleet.module.css';

/** Who would come in which wave, and who would be set aside. */
export function PreviewCard({ preview }: { preview: FleetPreview }) {
  const { to, waves, setAside, items, warnings } = preview;
  const aside = items.filter(({ wave }) => wave === undefined);
  return (
    <>
      <Card title={`What the upgrade to ${to} would do`}>
        {warnings.map(({ message, remedy }) => (
          <p key={message} className={styles.problem}>
            {message} {remedy}
          </p>
        ))}
        {waves.length === 0 && (
          <p className={styles.problem}>No environment would be upgraded.</p>
        )}
        {waves.map(({ number, environments }) => (
          <details key={number} open={environments <= 10}>
            <summary>
              {`Wave ${number}: ${environments} ${environments === 1 ? 'environment' : 'environments'}`}
            </summary>
            <ul className={styles.candidates}>
              {items
                .filter(({ wave }) => wave === number)
                .map(item => (
                  <Candidate key={item.environmentId} item={item} />
                ))}
            </ul>
          </details>
        ))}
      </Card>
      {setAside > 0 && (
        <Card title={`${setAside} set aside`}>
          <ul className={styles.candidates}>
            {aside.map(item => (
              <Candidate key={item.environmentId} item={item} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function Candidate({ item }: { item: FleetCandidate }) {
  const { environmentId, name, version, problem, losses, drops } = item;
  const paths = usePaths();
  const said = [
    problem && [problem.message, problem.remedy].filter(Boolean).join(' '),
    ...losses.map(({ message }) => message),
    drops.length > 0 && `Left out: ${drops.join(', ')}.`,
  ].filter(Boolean);
  return (
    <li>
      <Link href={paths.environmentById(environmentId, name)}>{name}</Link>{' '}
      <span className={styles.quiet}>from {version}</span>
      {said.length > 0 && <div>{said.join(' ')}</div>}
    </li>
  );
}
