import { useApi } from '@backstage/frontend-plugin-api';
import {
  Environment,
  LiveDetail,
  LiveHistoryEntry,
} from '@greenroom/plugin-environments-common';
import { environmentsApiRef } from '../api';
import { Moment } from '../time/Moment';
import { AskDialog } from './AskDialog';
import { Revision } from './Revision';
import { shortRevision } from './words';

/** Says what going back changes, and what it leaves as it is. */
export function RollbackDialog(props: {
  environment: Environment;
  detail: LiveDetail;
  entry: LiveHistoryEntry;
  onAsked: () => void;
  onClose: () => void;
}) {
  const { environment, detail, entry, onAsked, onClose } = props;
  const { component, revision } = detail;
  const api = useApi(environmentsApiRef);
  return (
    <AskDialog
      title={`Roll ${component} back to ${shortRevision(entry.revision)}`}
      keep="Keep what runs"
      notDone={`${component} was not rolled back`}
      onAct={() =>
        api.live.rollback(environment.id, component, { to: entry.id })
      }
      onAsked={onAsked}
      onClose={onClose}
    >
      <p>
        What runs becomes <Revision revision={entry.revision} />
        {entry.deployedAt && (
          <>
            , as it was deployed <Moment at={entry.deployedAt} inWords />
          </>
        )}
        . What was changed by hand is undone.
      </p>
      <p>
        {entry.revision === revision ? (
          <>
            That is declared, too. Where it was given other values then,{' '}
            {component} shows as out of sync,
          </>
        ) : (
          <>
            What is declared stays
            {revision && (
              <>
                {' '}
                <Revision revision={revision} />
              </>
            )}
            : {component} shows as out of sync,
          </>
        )}{' '}
        and the next sync or update of {environment.name} brings the declared
        one again.
      </p>
    </AskDialog>
  );
}
