import { ButtonLink, Link } from '@backstage/ui';
import { BlueprintSummary } from '@greenroom/plugin-environments-common';
import { EntityLink } from '../entity/EntityLink';
import { Card } from '../portal/Card';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { VERSION_VIEWS } from '../state/states';
import { formatTook } from '../time/format';
import styles from './blueprints.module.css';

/** What a blueprint gives, who keeps it, how long it takes in practice. */
export function BlueprintCard({ blueprint }: { blueprint: BlueprintSummary }) {
  const paths = usePaths();
  const { name, title, description, owner, type, environments } = blueprint;
  const { recommendedVersion, typicalCreateSeconds, problems } = blueprint;
  return (
    <Card className={styles.card}>
      <div className={styles.cardHead}>
        <h3 className={styles.cardTitle}>
          <Link
            href={paths.blueprint(name)}
            standalone
            variant="body-large"
            weight="bold"
          >
            {title}
          </Link>
        </h3>
        {recommendedVersion ? (
          <span className={styles.quiet}>{recommendedVersion}</span>
        ) : (
          <Unoffered failed={problems.length > 0} />
        )}
      </div>
      <p className={styles.description}>{description}</p>
      <dl className={styles.facts}>
        <dt>Kept by</dt>
        <dd>
          <EntityLink entityRef={owner} />
        </dd>
        <dt>For</dt>
        <dd>{type}</dd>
        <dt>Takes</dt>
        <dd>
          {typicalCreateSeconds === undefined
            ? 'not known yet'
            : `about ${formatTook(typicalCreateSeconds * 1000)}`}
        </dd>
        <dt>In use</dt>
        <dd>
          {environments > 0 ? (
            <Link href={paths.environmentsOf(name)}>
              {environments} environment{environments === 1 ? '' : 's'}
            </Link>
          ) : (
            'by nobody'
          )}
        </dd>
      </dl>
      {problems.length > 0 && (
        <p className={styles.warning}>
          Publishing its newest version failed.{' '}
          <Link href={paths.blueprint(name)}>
            See {problems.length === 1 ? 'why' : `${problems.length} problems`}
          </Link>
        </p>
      )}
      <div className={styles.cardFoot}>
        <CreateLink name={name} title={title} version={recommendedVersion} />
      </div>
    </Card>
  );
}

function CreateLink(props: { name: string; title: string; version?: string }) {
  const paths = usePaths();
  if (!props.version) {
    return (
      <span className={styles.quiet}>
        Nothing can be created before a version is published.
      </span>
    );
  }
  return (
    <ButtonLink
      href={paths.create(props.name)}
      variant="secondary"
      className={styles.create}
    >
      {`Create from ${props.title}`}
    </ButtonLink>
  );
}

/** It may be checked now, be a draft, or have been taken back. */
function Unoffered({ failed }: { failed: boolean }) {
  return failed ? (
    <StateBadge view={VERSION_VIEWS.rejected} />
  ) : (
    <span className={styles.quiet}>not offered</span>
  );
}
