import { ButtonLink, Link, Skeleton } from '@backstage/ui';
import { FleetUpgradeSummary } from '@greenroom/plugin-environments-common';
import { RiAddLine } from '@remixicon/react';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { EntityLink } from '../entity/EntityLink';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { StaleNote } from '../feedback/StaleNote';
import { FIRST_PAGE, PAGE_SIZE } from '../list/page';
import { Pager } from '../list/Pager';
import { DataTable } from '../portal/DataTable';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { Moment } from '../time/Moment';
import { useFleetUpgrades } from './queries';
import { FLEET_VIEWS } from './states';
import { countsText, fleetTitle } from './words';

const WHAT = 'The fleet upgrades could not be read';

/** Upgrades of many environments at once, newest first. */
export function FleetUpgradesPage() {
  const paths = usePaths();
  const [parameters] = useSearchParams();
  const blueprint = parameters.get('blueprint') ?? undefined;
  const [place, setPlace] = useState(FIRST_PAGE);
  const list = useFleetUpgrades({
    blueprint,
    cursor: place.cursor,
    limit: PAGE_SIZE,
  });
  return (
    <PageFrame title="Fleet upgrades" tab="fleet">
      <PageTitle
        title="Fleet upgrades"
        answer={<Answer />}
        actions={
          <ButtonLink
            href={paths.newFleetUpgrade(blueprint)}
            iconStart={<RiAddLine />}
          >
            Upgrade a fleet
          </ButtonLink>
        }
      />
      {list.isError && !list.data && (
        <Failure error={list.error} what={WHAT} onRetry={list.refetch} />
      )}
      {list.isPending && <Skeleton width="100%" height={240} />}
      {list.data && (
        <>
          <StaleNote error={list.error} what={WHAT} onRetry={list.refetch} />
          {list.data.items.length === 0 ? (
            <Notice title="No fleet was upgraded yet">
              Take many environments of a blueprint to another version in waves,
              and stop by yourself or by a budget when it goes wrong.
            </Notice>
          ) : (
            <Upgrades items={list.data.items} />
          )}
          {list.data.total > PAGE_SIZE && (
            <Pager
              place={place}
              shown={list.data.items.length}
              total={list.data.total}
              nextCursor={list.data.nextCursor}
              onChange={setPlace}
            />
          )}
        </>
      )}
    </PageFrame>
  );
}

/** What people came for: does one wait for somebody. */
function Answer() {
  const stopped = useFleetUpgrades({ state: ['stopped', 'paused'], limit: 1 });
  if (stopped.isError) return null;
  if (!stopped.data) return <Skeleton width={320} height={20} />;
  const { total } = stopped.data;
  return total === 0 ? (
    <>None is paused or stopped.</>
  ) : (
    <strong>
      {total === 1
        ? '1 is paused or stopped, and waits for somebody.'
        : `${total} are paused or stopped, and wait for somebody.`}
    </strong>
  );
}

function Upgrades({ items }: { items: FleetUpgradeSummary[] }) {
  const paths = usePaths();
  return (
    <DataTable
      label="Fleet upgrades"
      columns={['Fleet', 'State', 'Environments', 'Asked for by', 'Asked for']}
    >
      {items.map(upgrade => (
        <tr key={upgrade.id}>
          <td>
            <Link href={paths.fleetUpgrade(upgrade.id)} weight="bold">
              {fleetTitle(upgrade)}
            </Link>
          </td>
          <td>
            <StateBadge view={FLEET_VIEWS[upgrade.state]} />
          </td>
          <td>{countsText(upgrade.counts)}</td>
          <td>
            <EntityLink entityRef={upgrade.requestedBy} />
          </td>
          <td>
            <Moment at={upgrade.requestedAt} inWords />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
