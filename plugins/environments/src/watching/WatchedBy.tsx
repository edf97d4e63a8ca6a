import { EnvironmentWatcher } from '@greenroom/plugin-environments-common';
import { Fragment } from 'react';
import { EntityLink } from '../entity/EntityLink';

/** More names would push the environment itself out of sight. */
const NAMED = 3;

/** The longest watching by name. */
export function WatchedBy({ watchers }: { watchers: EnvironmentWatcher[] }) {
  const more = watchers.length - NAMED;
  return (
    <span>
      Watched by{' '}
      {watchers.slice(0, NAMED).map(({ watcher }, index) => (
        <Fragment key={watcher}>
          {index > 0 && ', '}
          <EntityLink entityRef={watcher} />
        </Fragment>
      ))}
      {more > 0 && ` and ${more} more`}
    </span>
  );
}
