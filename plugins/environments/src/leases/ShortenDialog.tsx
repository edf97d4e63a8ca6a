import { useApi } from '@backstage/frontend-plugin-api';
import { formatDurationSeconds } from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { ReasonDialog } from '../change/ReasonDialog';
import { formatMomentInWords } from '../time/format';
import { Moment } from '../time/Moment';
import { actionLabel } from './actions';
import { LeaseDialogProps } from './LeaseDialog';
import { LengthField } from './LengthField';
import { shorterLengths } from './lengths';

/** Asks when an environment is to end, earlier than its lease has it. */
export function ShortenDialog({ lease, onClose }: LeaseDialogProps) {
  const api = useApi(environmentsApiRef);
  const { environmentId, environmentName: name, rules, revision } = lease;
  const [opened] = useState(() => DateTime.utc());
  const choices = shorterLengths(lease, opened);
  const [seconds, setSeconds] = useState<number | undefined>(choices.at(-1));
  const until =
    seconds === undefined ? undefined : opened.plus({ seconds }).toISO();
  return (
    <ReasonDialog
      title={actionLabel('shorten', name)}
      act={
        until
          ? `Let ${name} end ${formatMomentInWords(until, { now: opened.toMillis() })}`
          : `Shorten ${name}`
      }
      keep="Leave it as it is"
      notDone={`The lease of ${name} was not shortened`}
      request={until}
      isIncomplete={!until}
      isOptional
      fields={
        <LengthField
          label="It ends in"
          choices={choices}
          description={
            rules.min &&
            `It lives ${formatDurationSeconds(rules.min.value)} at least (${rules.min.rule}).`
          }
          seconds={seconds}
          onChange={setSeconds}
        />
      }
      onAct={(reason, keyed) =>
        api.shortenLease(
          environmentId,
          { until, reason: reason || undefined, revision },
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
          then
          {lease.expiresAt ? (
            <>
              , instead of <Moment at={lease.expiresAt} inWords />.
            </>
          ) : (
            ', though it does not expire as it is.'
          )}
        </p>
      )}
      <p>No extension comes back by it.</p>
    </ReasonDialog>
  );
}
