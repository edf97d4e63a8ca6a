import { NotificationService } from '@backstage/plugin-notifications-node';
import { formatDurationSeconds } from '@greenroom/plugin-environments-common';
import { addSeconds } from '../../clock';
import { momentInWords, momentsInWords } from '../../moments';
import { Offered } from './link';
import { UntoldWarning } from './store';

type Notice = Parameters<NotificationService['send']>[0];

/**
 * What people are told before a lease ends. All warnings of one environment have one scope: in the
 * portal the last takes the place of those before, and one told twice is one.
 *
 * @param recipients entity refs, each once
 */
export function warningNotice(
  warning: UntoldWarning,
  offered: Offered,
  now: Date,
  recipients: string[],
): Notice {
  const { environmentId, environmentName: name, endsAt } = warning;
  const minutes = Math.round((endsAt.getTime() - now.getTime()) / 60_000);
  const left = formatDurationSeconds(Math.max(minutes, 1) * 60);
  return {
    recipients: { type: 'entity', entityRef: recipients },
    payload: {
      title: `${name} ${endOf(warning)} in ${left}`,
      description: [
        `It ${endOf(warning)} on ${momentInWords(endsAt)}, in ${left}.`,
        momentsInWords(whyThen(warning)),
        whatIsLost(warning),
        momentsInWords(whatToDo(offered)),
      ].join(' '),
      link:
        'token' in offered
          ? `/environments/extend/${offered.token}`
          : `/environments/e/${encodeURIComponent(name)}`,
      severity: 'high',
      topic: 'environments.lease',
      scope: `environments.lease:${environmentId}`,
    },
  };
}

function pausesFirst({ stage, onExpiry }: UntoldWarning): boolean {
  return stage === 'running' && onExpiry === 'pause';
}

function endOf(warning: UntoldWarning): string {
  return pausesFirst(warning) ? 'is paused' : 'is destroyed';
}

function whyThen({ stage, reason, expiresAt, endsAt }: UntoldWarning): string {
  if (stage === 'grace') {
    return `Its time was up, and it is paused until then (${reason}).`;
  }
  if (expiresAt && expiresAt < endsAt) {
    return `Its time is up before (${reason}), and it is held until then.`;
  }
  return `Its time is up then: ${reason}.`;
}

function whatIsLost(warning: UntoldWarning): string {
  const { endsAt, graceSeconds, components, resources } = warning;
  const all = `everything in it: ${counted(resources, 'resource')} of ${counted(components, 'component')}, with all data in them`;
  if (!pausesFirst(warning)) return `What is lost is ${all}.`;
  return graceSeconds === undefined
    ? `It is paused at first. What is lost after that is ${all}.`
    : `It is paused at first, and destroyed on ${momentInWords(addSeconds(endsAt, graceSeconds))}. What is lost then is ${all}.`;
}

function whatToDo(offered: Offered): string {
  if ('token' in offered) {
    return `If it is still needed, open the link: it shows what would come of it, and asks before it extends the lease by ${formatDurationSeconds(offered.seconds)}. If it is not needed, destroy it on its page, which the link leads to as well.`;
  }
  const { problem } = offered;
  return problem
    ? `It can not be extended: ${[problem.message, problem.remedy].join(' ').trim()} Save what you need.`
    : 'It can not be extended. Save what you need.';
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
