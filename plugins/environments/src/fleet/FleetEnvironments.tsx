import { Link, Skeleton } from '@backstage/ui';
import {
  FLEET_ENVIRONMENT_STATES,
  FleetEnvironment,
} from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { EntityLink } from '../entity/EntityLink';
import { Failure } from '../feedback/Failure';
import { Notice } from '../feedback/Notice';
import { FilterSelect } from '../list/FilterSelect';
import { allOf, FIRST_PAGE, PAGE_SIZE } from '../list/page';
import { Pager } from '../list/Pager';
import listStyles from '../list/list.module.css';
import { DataTable } from '../portal/DataTable';
import { usePaths } from '../portal/paths';
import { StateBadge } from '../state/StateBadge';
import { TimeLeft } from '../time/TimeLeft';
import { useFleetEnvironments } from './queries';
import { FLEET_ENVIRONMENT_VIEWS } from './states';
import styles from './fleet.module.css';

/** What became of each environment, in the order of their turns. */
export function FleetEnvironments(props: {
  id: string;
  to: string;
  waves: number[];
  busy: boolean;
}) {
  const { id, to, waves, busy } = props;
  const [parameters, setParameters] = useSearchParams();
  const [place, setPlace] = useState(FIRST_PAGE);
  const state = allOf(FLEET_ENVIRONMENT_STATES, parameters.getAll('state'));
  const wave = waves.find(one => String(one) === parameters.get('wave'));
  const list = useFleetEnvironments(
    id,
    { state, wave, cursor: place.cursor, limit: PAGE_SIZE },
    busy,
  );
  const change = (key: 'state' | 'wave', values: string[]) => {
    setPlace(FIRST_PAGE);
    setParameters(before => {
      const next = new URLSearchParams(before);
      next.delete(key);
      values.forEach(value => next.append(key, value));
      return next;
    });
  };
  return (
    <section aria-label="Environments">
      <div
        className={listStyles.toolbar}
        role="search"
        aria-label="Environments"
      >
        <FilterSelect
          name="State"
          options={FLEET_ENVIRONMENT_STATES.map(one => ({
            id: one,
            label: FLEET_ENVIRONMENT_VIEWS[one].word,
          }))}
          selected={state}
          onChange={values => change('state', values)}
        />
        <FilterSelect
          name="Wave"
          options={waves.map(one => ({ id: `${one}`, label: `Wave ${one}` }))}
          selected={wave === undefined ? [] : [`${wave}`]}
          onChange={values => change('wave', values.slice(-1))}
        />
      </div>
      {list.isError && !list.data && (
        <Failure
          error={list.error}
          what="Its environments could not be read"
          onRetry={list.refetch}
        />
      )}
      {list.isPending && <Skeleton width="100%" height={320} />}
      {list.data?.items.length === 0 && (
        <Notice title="No environment matches, or you may not see it" />
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <DataTable
            label="Environments of this fleet upgrade"
            columns={[
              'Environment',
              'Wave',
              'State',
              'Owner',
              'Time left',
              'Operation',
            ]}
          >
            {list.data.items.map(one => (
              <EnvironmentRow key={one.environmentId} one={one} to={to} />
            ))}
          </DataTable>
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
    </section>
  );
}

function EnvironmentRow(props: { one: FleetEnvironment; to: string }) {
  const { one, to } = props;
  const { environmentId, name, owner, from, state, wave } = one;
  const { operation, problem, environment } = one;
  const paths = usePaths();
  return (
    <tr>
      <td>
        <Link href={paths.environmentById(environmentId, name)} weight="bold">
          {name}
        </Link>{' '}
        <span className={styles.quietOnPage}>from {from}</span>
      </td>
      <td>{wave ?? '–'}</td>
      <td>
        <StateBadge view={FLEET_ENVIRONMENT_VIEWS[state]} />
        {problem && (
          <div className={styles.problem}>
            {problem.message} {problem.remedy}{' '}
            {state === 'set-aside' && (
              <Link href={paths.upgradeTo(name, to)}>
                {`Upgrade ${name} on its own`}
              </Link>
            )}
          </div>
        )}
      </td>
      <td>
        <EntityLink entityRef={owner} />
      </td>
      <td>
        <TimeLeft environment={environment} />
      </td>
      <td>
        {operation ? (
          <Link
            href={paths.operationOf({
              number: operation.number,
              environmentId,
              environmentName: name,
            })}
          >
            {`${operation.dryRun ? 'Check' : 'Upgrade'} ${operation.number}`}
          </Link>
        ) : (
          '–'
        )}
      </td>
    </tr>
  );
}
