import { Environment } from '@greenroom/plugin-environments-common';
import { Notice } from '../feedback/Notice';
import { lookedAfter, systemName } from './systems';

/** Why there is nothing to show: it was not made yet, or is there no more though it was. */
export function NothingRuns({ environment }: { environment: Environment }) {
  const { name } = environment;
  const lost = lookedAfter(environment).find(
    ({ state }) => state === 'ready' || state === 'paused',
  );
  return lost ? (
    <Notice
      title={`${systemName(lost.driver)} has nothing of ${name} any more`}
    >
      It was removed there, or the portal may not see it any more. An update of{' '}
      {name} makes it again, or says why it can’t.
    </Notice>
  ) : (
    <Notice title="Nothing of it runs yet">
      What runs appears here as soon as an operation has made it.
    </Notice>
  );
}
