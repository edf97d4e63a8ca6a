import { useApi } from '@backstage/frontend-plugin-api';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { ReasonDialog } from '../change/ReasonDialog';
import { formatMomentInWords } from '../time/format';
import { Moment } from '../time/Moment';
import { actionLabel } from './actions';
import { LeaseDialogProps } from './LeaseDialog';
import { LengthField } from './LengthField';
import { holdLengths, limitText } from './lengths';

/** Asks until when nothing of a lease is to fall due. */
export function HoldDialog({ lease, onClose }: LeaseDialogProps) {
  const api = useApi(environmentsApiRef);
  const { environmentId, environmentName: name, rules, revision } = lease;
  const choices = holdLengths(rules.holdMax);
  // The same request, however often its button is pressed.
  const [from] = useState(() => DateTime.utc());
  const ends = lease.graceEndsAt ?? lease.expiresAt;
  const [seconds, setSeconds] = useState<number | undefined>(
    () => choices.find(length => outlasts(from, length, ends)) ?? choices[0],
  );
  const until =
    seconds === undefined ? undefined : from.plus({ seconds }).toISO();
  const changesNothing =
    seconds !== undefined && ends && !outlasts(from, seconds, ends);
  return (
    <ReasonDialog
      title={actionLabel('hold', name, lease)}
      act={
        until
          ? `Hold ${name} until ${formatMomentInWords(until, { now: from.toMillis() })}`
          : `Hold ${name}`
      }
      keep="Leave it as it is"
      notDone={`${name} is not held`}
      request={until}
      isIncomplete={!until}
      fields={
        <LengthField
          label="For"
          choices={choices}
          description={`${limitText(rules.holdMax)}; a hold may be renewed.`}
          seconds={seconds}
          onChange={setSeconds}
        />
      }
      onAct={(reason, keyed) =>
        api.holdLease(
          environmentId,
          { until: until ?? '', reason, revision },
          keyed,
        )
      }
      onClose={onClose}
    >
      {until && (
        <p>
          Until{' '}
          <strong>
            <Moment at={until} inWords />
          </strong>{' '}
          nothing of its lease falls due, not even at its maximum. What is due
          then falls due at once.
        </p>
      )}
      {changesNothing && (
        <p>
          It ends <Moment at={ends} inWords /> anyway, so this hold would change
          nothing.
        </p>
      )}
      <p>It can still be destroyed by hand.</p>
    </ReasonDialog>
  );
}

function outlasts(from: DateTime, seconds: number, ends?: string): boolean {
  return !ends || from.plus({ seconds }) > DateTime.fromISO(ends);
}
