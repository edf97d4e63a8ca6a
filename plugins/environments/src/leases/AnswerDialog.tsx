import { useApi } from '@backstage/frontend-plugin-api';
import { MoreTimeRequest } from '@greenroom/plugin-environments-common';
import { environmentsApiRef } from '../api';
import { ReasonDialog } from '../change/ReasonDialog';
import { entityName } from '../entity/names';
import { momentsInWords } from '../time/format';
import { Moment } from '../time/Moment';
import { useNow } from '../time/useNow';
import { asSentence } from '../time/timeLeftWords';

export type Answer = 'approve' | 'decline' | 'withdraw';

export interface AnswerProps {
  request: MoreTimeRequest;
  /** When the environment ends if nobody answers. */
  expiresAt?: string;
}

/** Says what comes of an answer to a request for more time, and gives it. */
export function AnswerDialog(
  props: AnswerProps & { answer: Answer; onClose: () => void },
) {
  const { answer, request, expiresAt, onClose } = props;
  const { id, environmentId, environmentName: name } = request;
  const api = useApi(environmentsApiRef);
  const who = entityName(request.askedBy);
  const asBefore = (
    <>
      It stays as it is, and ends{' '}
      {expiresAt ? <Moment at={expiresAt} inWords /> : 'as before'}.
    </>
  );
  const shared = { onClose, request: answer, notDone: 'It waits as before' };
  if (answer === 'withdraw') {
    return (
      <ReasonDialog
        {...shared}
        title={`Ask for no more time for ${name}`}
        keep="Go on asking"
        isOptional
        onAct={(reason, keyed) =>
          api.moreTime.withdraw(
            environmentId,
            { request: id, reason: reason || undefined },
            keyed,
          )
        }
      >
        <p>Nobody needs to answer any more. {asBefore}</p>
      </ReasonDialog>
    );
  }
  if (answer === 'decline') {
    return (
      <ReasonDialog
        {...shared}
        title={`Decline more time for ${name}`}
        keep="Let it wait"
        onAct={(reason, keyed) =>
          api.moreTime.decline(environmentId, { request: id, reason }, keyed)
        }
      >
        <Asked request={request} />
        <p>
          {asBefore} {who} is told what you say.
        </p>
      </ReasonDialog>
    );
  }
  return (
    <ReasonDialog
      {...shared}
      title={`Approve more time for ${name}`}
      keep="Let it wait"
      isOptional
      onAct={(reason, keyed) =>
        api.moreTime.approve(
          environmentId,
          { request: id, reason: reason || undefined },
          keyed,
        )
      }
    >
      <p>
        It ends{' '}
        <strong>
          <Moment at={request.until} inWords />
        </strong>{' '}
        then
        {expiresAt && (
          <>
            , instead of <Moment at={expiresAt} inWords />
          </>
        )}
        .
      </p>
      <Asked request={request} />
      <p>
        Its limits are set aside this once, it counts as no extension, and the
        record names you both. Until then it goes on to cost what it costs.
      </p>
    </ReasonDialog>
  );
}

function Asked({ request }: { request: MoreTimeRequest }) {
  const now = useNow(15_000);
  const { askedBy, reason, limit } = request;
  return (
    <p>
      Asked for by {entityName(askedBy)}: {asSentence(reason)} What is in the
      way: {momentsInWords(limit.message, { now })}
    </p>
  );
}
