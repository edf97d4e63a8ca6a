import { NotificationService } from '@backstage/plugin-notifications-node';
import { MoreTimeState } from '@greenroom/plugin-environments-common';
import { momentInWords, momentsInWords } from '../../moments';
import { UntoldTimeRequest } from './store';

type Notice = Parameters<NotificationService['send']>[0];
type Payload = Pick<Notice['payload'], 'title' | 'description' | 'severity'>;

/**
 * What is told of a request for more time: to those who may answer while it waits, then to whoever
 * asked. All of one request have one scope: in the portal the last takes the place of those before.
 *
 * @returns undefined where nobody is to be told
 */
export function moreTimeNotice(
  request: UntoldTimeRequest,
  operators: string[],
): Notice | undefined {
  const { id, environmentName: name, askedBy, state } = request;
  const recipients =
    state === 'waiting'
      ? operators.filter(ref => ref !== askedBy)
      : // A service reads no messages.
        [askedBy].filter(ref => ref.startsWith('user:'));
  if (recipients.length === 0) return undefined;
  return {
    recipients: { type: 'entity', entityRef: recipients },
    payload: {
      ...(state === 'waiting' ? asking(request) : answering(request, state)),
      link: `/environments/e/${encodeURIComponent(name)}?tab=lease`,
      topic: 'environments.lease',
      scope: `environments.lease.more-time:${id}`,
    },
  };
}

function asking(request: UntoldTimeRequest): Payload {
  const { environmentName: name, owner, askedBy, wantedEnd } = request;
  const { reason, limit, expiresAt } = request;
  const ends = expiresAt
    ? `It ends on ${momentInWords(expiresAt)} if nobody answers.`
    : '';
  return {
    title: `${askedBy} asks for more time for ${name}`,
    description: [
      `${name} of ${owner} is to go on until ${momentInWords(wantedEnd)}: ${reason}`,
      `What is in the way: ${momentsInWords(limit.message)}`,
      ends,
      'Open the link to approve or decline it.',
    ]
      .join('\n')
      .trim(),
    severity: 'high',
  };
}

function answering(
  request: UntoldTimeRequest,
  state: Exclude<MoreTimeState, 'waiting'>,
): Payload {
  const { environmentName: name, wantedEnd, answer } = request;
  const until = momentInWords(wantedEnd);
  const words = momentsInWords(answer?.reason ?? '');
  if (state === 'approved') {
    return {
      title: `${name} goes on: what you asked for is approved`,
      description:
        `${answer?.by} approved it: ${name} goes on until ${until}. ${words}`.trim(),
      severity: 'normal',
    };
  }
  if (state === 'declined') {
    return {
      title: `${name} gets no more time`,
      description: `${answer?.by} declined what you asked for, ${until}: ${words}`,
      severity: 'high',
    };
  }
  return {
    title: `More time for ${name} is not asked for any more`,
    description: words,
    severity: 'normal',
  };
}
