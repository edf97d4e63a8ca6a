import { useApi } from '@backstage/frontend-plugin-api';
import { formatDurationSeconds } from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { ReasonDialog } from '../change/ReasonDialog';
import { momentsInWords } from '../time/format';
import { Moment } from '../time/Moment';
import { useNow } from '../time/useNow';
import { actionLabel } from './actions';
import { LeaseDialogProps } from './LeaseDialog';
import { LengthField } from './LengthField';
import { askedLengths } from './lengths';

/** Asks those who may go beyond the limits of a lease; says that nothing moves before they answer. */
export function AskDialog({ lease, onClose }: LeaseDialogProps) {
  const api = useApi(environmentsApiRef);
  const now = useNow(15_000);
  const { environmentId, environmentName: name, revision } = lease;
  const { expiresAt = '', extension } = lease;
  const [opened] = useState(() => DateTime.utc());
  const [choices] = useState(() => askedLengths(lease, opened));
  const [seconds, setSeconds] = useState<number | undefined>(choices[0]);
  const expiry = DateTime.fromISO(expiresAt, { zone: 'utc' });
  const until =
    seconds === undefined
      ? undefined
      : (DateTime.max(expiry, opened).plus({ seconds }).toISO() ?? undefined);
  return (
    <ReasonDialog
      title={actionLabel('ask', name)}
      act={
        seconds === undefined
          ? 'Ask for more time'
          : `Ask for ${formatDurationSeconds(seconds)} more`
      }
      keep="Ask for nothing"
      notDone={`Nobody was asked for more time for ${name}`}
      request={until}
      isIncomplete={!until}
      fields={
        <LengthField
          label="By"
          choices={choices}
          seconds={seconds}
          onChange={setSeconds}
        />
      }
      onAct={(reason, keyed) =>
        api.moreTime.ask(environmentId, { until, reason, revision }, keyed)
      }
      onClose={onClose}
    >
      <p>
        {extension.problem ? (
          momentsInWords(extension.problem.message, { now })
        ) : (
          <>
            One extension reaches{' '}
            <Moment at={extension.until ?? expiresAt} inWords /> at most.
          </>
        )}{' '}
        Somebody who may go beyond its limits is asked, and you are told what
        they say.
      </p>
      <p>
        Nothing moves until they approve it:{' '}
        <strong>if nobody does, it ends </strong>
        <strong>
          <Moment at={expiresAt} inWords />
        </strong>{' '}
        as before.
      </p>
    </ReasonDialog>
  );
}
