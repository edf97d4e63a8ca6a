import { useApi } from '@backstage/frontend-plugin-api';
import {
  Environment,
  LiveComponent,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { environmentsApiRef } from '../api';
import { AskDialog } from './AskDialog';
import { Revision } from './Revision';
import { systemName } from './systems';
import { undoingText } from './words';

/** More would push the buttons out of sight; the page behind has them all. */
const SHOWN = 8;

/** Says what a sync undoes. */
export function SyncDialog(props: {
  environment: Environment;
  live: LiveComponent;
  changes: ResourceChange[];
  onAsked: () => void;
  onClose: () => void;
}) {
  const { environment, live, changes, onAsked, onClose } = props;
  const { component, driver, revision } = live;
  const api = useApi(environmentsApiRef);
  const more = changes.length - SHOWN;
  return (
    <AskDialog
      title={`Sync ${component}`}
      keep="Leave it as it is"
      notDone={`${component} was not synced`}
      onAct={() => api.live.sync(environment.id, component)}
      onAsked={onAsked}
      onClose={onClose}
    >
      <p>
        {systemName(driver)} makes again what was declared
        {revision && (
          <>
            , at <Revision revision={revision} />
          </>
        )}
        . {whatFollows(live, changes)}
      </p>
      {changes.length > 0 && (
        <ul>
          {changes.slice(0, SHOWN).map(change => (
            <li key={change.address}>
              <code>{change.address}</code>: {undoingText(change)}
            </li>
          ))}
          {more > 0 && <li>and {more} more</li>}
        </ul>
      )}
    </AskDialog>
  );
}

function whatFollows(
  { sync }: LiveComponent,
  changes: ResourceChange[],
): string {
  if (changes.length > 0) return 'What was changed since is undone:';
  return sync === 'synced'
    ? 'Nothing differs from that, so this should change nothing.'
    : 'What that undoes is not known at this moment.';
}
