import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { SleepingEnvironment } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { environmentsApiRef } from '../../api';
import { ActionDialog } from '../../change/ActionDialog';
import { CHANGES } from '../../change/words';
import { entityName } from '../../entity/names';
import { Moment } from '../../time/Moment';

/** Wakes an environment before its schedule does. */
export function WakeButton(props: { environment: SleepingEnvironment }) {
  const { environmentId, environmentName: name } = props.environment;
  const { state, rights, owner, standing, next } = props.environment;
  const api = useApi(environmentsApiRef);
  const [asking, setAsking] = useState(false);
  if (state !== 'paused') return null;
  const { consequence, notDone, keep } = CHANGES.resume;
  return (
    <>
      <span
        title={
          rights.wake
            ? undefined
            : `You may not wake ${name}; it belongs to ${entityName(owner)}.`
        }
      >
        <Button
          variant="tertiary"
          size="small"
          isDisabled={!rights.wake}
          aria-label={`Wake ${name}…`}
          onPress={() => setAsking(true)}
        >
          Wake…
        </Button>
      </span>
      {asking && (
        <ActionDialog
          title={`Wake ${name}`}
          keep={keep(name)}
          notDone={notDone(name)}
          reason="optional"
          isOpen
          onOpenChange={setAsking}
          onAct={(asked, keyed) =>
            api.submitOperation(
              environmentId,
              { kind: 'resume', ...asked },
              keyed,
            )
          }
        >
          <p>
            {consequence} It is awake until its schedule lets it sleep the next
            time.
            {standing === 'asleep' && next && (
              <>
                {' '}
                Its schedule would wake it <Moment at={next.at} inWords />.
              </>
            )}
          </p>
        </ActionDialog>
      )}
    </>
  );
}
