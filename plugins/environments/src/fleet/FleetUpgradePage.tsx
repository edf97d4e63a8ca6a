import { ButtonLink, Skeleton } from '@backstage/ui';
import { FleetUpgrade } from '@greenroom/plugin-environments-common';
import { useParams } from 'react-router-dom';
import { EntityLink } from '../entity/EntityLink';
import { Announce } from '../feedback/Announce';
import { isNotFound } from '../feedback/explainError';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { Moment } from '../time/Moment';
import { FleetActions } from './FleetActions';
import { FleetEnvironments } from './FleetEnvironments';
import { FleetFacts } from './FleetFacts';
import { isFleetBusy, useFleetUpgrade } from './queries';
import { FLEET_VIEWS } from './states';
import { Waves } from './Waves';
import { countsText, fleetTitle } from './words';
import styles from './fleet.module.css';

const WHAT = 'The fleet upgrade could not be read';

/** One fleet upgrade: how far it is, what stands in its way, and what became of each environment. */
export function FleetUpgradePage() {
  const { id = '' } = useParams();
  const paths = usePaths();
  const upgrade = useFleetUpgrade(id);
  const title = upgrade.data ? fleetTitle(upgrade.data) : 'Fleet upgrade';
  return (
    <PageFrame
      title={title}
      breadcrumbs={[
        { label: 'Fleet upgrades', href: paths.fleetUpgrades() },
        { label: title, href: paths.fleetUpgrade(id) },
      ]}
    >
      {upgrade.data && (
        <>
          <StaleNote
            error={upgrade.error}
            what={WHAT}
            onRetry={upgrade.refetch}
          />
          <Content upgrade={upgrade.data} />
        </>
      )}
      {upgrade.isPending && (
        <div aria-busy="true">
          <PageTitle
            title={title}
            answer={<Skeleton width={420} height={20} />}
          />
          <Skeleton width="100%" height={320} />
        </div>
      )}
      {upgrade.isError &&
        !upgrade.data &&
        (isNotFound(upgrade.error) ? (
          <Notice
            title="There is no such fleet upgrade"
            actions={
              <ButtonLink href={paths.fleetUpgrades()} variant="secondary">
                Show fleet upgrades
              </ButtonLink>
            }
          />
        ) : (
          <Failure
            error={upgrade.error}
            what={WHAT}
            onRetry={upgrade.refetch}
          />
        ))}
    </PageFrame>
  );
}

function Content({ upgrade }: { upgrade: FleetUpgrade }) {
  const { state, counts, because, reason } = upgrade;
  const view = FLEET_VIEWS[state];
  return (
    <>
      <Announce text={`${fleetTitle(upgrade)} is ${view.word.toLowerCase()}`} />
      <PageTitle
        title={fleetTitle(upgrade)}
        state={<StateBadge view={view} large />}
        actions={<FleetActions upgrade={upgrade} />}
        answer={
          <>
            <strong>{countsText(counts)}.</strong>{' '}
            {because && `${because.message} `}
            {upgrade.opensAt && (
              <>
                Its window opens <Moment at={upgrade.opensAt} inWords />.{' '}
              </>
            )}
            <span className={styles.quietOnPage}>
              Asked for by <EntityLink entityRef={upgrade.requestedBy} />{' '}
              <Moment at={upgrade.requestedAt} inWords />: {reason}
            </span>
          </>
        }
      />
      <div className={styles.columns}>
        <div className={styles.main}>
          <FleetEnvironments
            id={upgrade.id}
            to={upgrade.to}
            waves={upgrade.waves.map(({ number }) => number)}
            busy={isFleetBusy(upgrade)}
          />
        </div>
        <div className={styles.side}>
          <Waves waves={upgrade.waves} />
          <FleetFacts upgrade={upgrade} />
        </div>
      </div>
    </>
  );
}
