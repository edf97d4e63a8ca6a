import { NotificationService } from '@backstage/plugin-notifications-node';
import { momentInWords, momentsInWords } from '../moments';
import { Untold } from './types';

export type Notice = Parameters<NotificationService['send']>[0];

/** Where the portal lists what teardowns could not remove. */
const ORPHANS_PAGE = '/environments/orphans';

/**
 * What people are told of a teardown that fails again and again. All notices of one environment
 * have one scope: told twice, it is one notification.
 *
 * @param recipients entity refs
 */
export function noticeOf(untold: Untold, recipients: string[]): Notice {
  const { environmentId, environmentName, failures } = untold;
  const { nextAttemptAt, lastProblem } = untold;
  const isProtected = failures === 0;
  return {
    recipients: {
      type: 'entity',
      entityRef: [...new Set(recipients)],
    },
    payload: {
      title: isProtected
        ? `${environmentName} should have ended, and is protected`
        : `${environmentName} could not be destroyed`,
      description: isProtected
        ? `Its time is up. ${momentsInWords(lastProblem.message)}`
        : `${failures === 1 ? 'A teardown has' : `${failures} teardowns have`} failed, so something of it still exists. The last time: ${momentsInWords(lastProblem.message)} The next try is on ${momentInWords(nextAttemptAt)}.`,
      link: `${ORPHANS_PAGE}?search=${encodeURIComponent(environmentName)}`,
      severity: 'high',
      topic: 'environments.teardown',
      scope: `environments.teardown:${environmentId}`,
    },
  };
}
