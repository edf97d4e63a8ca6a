import { useApi } from '@backstage/frontend-plugin-api';
import { formatDurationSeconds } from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { ReasonDialog } from '../change/ReasonDialog';
import { Moment } from '../time/Moment';
import { actionLabel } from './actions';
import { LeaseDialogProps } from './LeaseDialog';
import { LengthField } from './LengthField';
import { overrideLengths } from './lengths';

/** Asks by how much a lease is to be extended, whatever its limits say. */
export function OverrideDialog({ lease, onClose }: LeaseDialogProps) {
  const api = useApi(environmentsApiRef);
  const { environmentId, environmentName: name, revision } = lease;
  const { maxExpiresAt, extension } = lease;
  const [opened] = useState(() => DateTime.utc());
  const choices = overrideLengths();
  const [seconds, setSeconds] = useState<number | undefined>(choices[0]);
  const expiry = DateTime.fromISO(lease.expiresAt ?? '', { zone: 'utc' });
  const until =
    seconds === undefined
      ? undefined
      : DateTime.max(expiry, opened).plus({ seconds }).toISO();
  const movesMaximum = until && maxExpiresAt && until > maxExpiresAt;
  return (
    <ReasonDialog
      title={actionLabel('override', name)}
      act={
        seconds === undefined
          ? `Extend ${name}`
          : `Extend ${name} by ${formatDurationSeconds(seconds)}`
      }
      keep="Leave it as it is"
      notDone={`${name} was not extended`}
      request={until ?? undefined}
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
        api.extendLease(
          environmentId,
          { until: until ?? undefined, override: true, reason, revision },
          keyed,
        )
      }
      onClose={onClose}
    >
      {until && (
        <p>
          It ends{' '}
          <strong>
            <Moment at={until} inWords />
          </strong>{' '}
          then, instead of <Moment at={lease.expiresAt ?? until} inWords />
          {movesMaximum ? ', and its maximum moves there from ' : '.'}
          {movesMaximum && (
            <>
              <Moment at={maxExpiresAt} inWords />.
            </>
          )}
        </p>
      )}
      <p>
        {extension.problem?.message ??
          'Within its limits it could still be extended by its owner.'}{' '}
        Where the limits are in the way they are set aside, which the record
        shows, and it counts as no extension. Until then it goes on to cost what
        it costs.
      </p>
    </ReasonDialog>
  );
}
