import { useApi } from '@backstage/frontend-plugin-api';
import {
  EnvironmentLease,
  EnvironmentsApi,
} from '@greenroom/plugin-environments-common';
import { ReactNode } from 'react';
import { environmentsApiRef } from '../api';
import { ReasonDialog } from '../change/ReasonDialog';
import { Moment } from '../time/Moment';
import { useNow } from '../time/useNow';
import { actionLabel } from './actions';
import { LeaseDialogProps } from './LeaseDialog';

const CALLS = {
  release: 'releaseLease',
  protect: 'protectEnvironment',
  unprotect: 'unprotectEnvironment',
} as const satisfies Record<string, keyof EnvironmentsApi>;

/** Protects an environment, or lifts what keeps it. */
export function SafeguardDialog(
  props: LeaseDialogProps & { action: keyof typeof CALLS },
) {
  const { action, lease, onClose } = props;
  const { environmentId, environmentName: name, revision } = lease;
  const api = useApi(environmentsApiRef);
  const now = useNow(15_000);
  const ends = lease.graceEndsAt ?? lease.expiresAt;
  const isOver = ends !== undefined && Date.parse(ends) <= now;
  const lifts = action !== 'protect';
  return (
    <ReasonDialog
      title={actionLabel(action, name)}
      keep={lifts ? `Keep ${name} as it is` : 'Leave it as it is'}
      destructive={lifts && isOver}
      notDone={`${name} is as it was`}
      isOptional={lifts}
      onAct={(reason, keyed) =>
        api[CALLS[action]](
          environmentId,
          { reason: reason || undefined, revision },
          keyed,
        )
      }
      onClose={onClose}
    >
      {action === 'protect' ? (
        <p>
          Nobody destroys it, neither by hand nor its lease, until that is
          lifted. When its time is up it stays, its owner is told, and it goes
          on to cost what it costs.
        </p>
      ) : (
        <AfterLifting action={action} lease={lease} isOver={isOver} />
      )}
    </ReasonDialog>
  );
}

/** What comes of an environment that nothing keeps any more. */
function AfterLifting(props: {
  action: 'release' | 'unprotect';
  lease: EnvironmentLease;
  isOver: boolean;
}): ReactNode {
  const { action, lease, isOver } = props;
  const { hold, protection, expiresAt, graceEndsAt, onExpiry } = lease;
  const ends = graceEndsAt ?? expiresAt;
  const other = action === 'release' ? protection : hold;
  const pauses = onExpiry === 'pause' && !graceEndsAt;
  return (
    <>
      {action === 'unprotect' && <p>It may be destroyed by hand again.</p>}
      {ends && isOver && !other && (
        <p>
          <strong>
            Its time was up <Moment at={ends} inWords />, so it is{' '}
            {pauses ? 'paused' : 'destroyed'} at once.
          </strong>{' '}
          To keep it, extend it first.
        </p>
      )}
      {ends && !isOver && (
        <p>
          Its lease ends <Moment at={ends} inWords /> as before.
        </p>
      )}
      {other && (
        <p>
          It is still {action === 'release' ? 'protected' : 'held'}:{' '}
          {other.reason}
        </p>
      )}
    </>
  );
}
