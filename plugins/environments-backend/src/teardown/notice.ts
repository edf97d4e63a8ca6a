import { NotificationService } from '@backstage/plugin-notifications-node';
import { Untold } from './types';

export type Notice = Parameters<NotificationService['send']>[0];

/** Where the portal lists what teardowns could not remove. */
const ORPHANS_PAGE = '/environments/orphans';

/**
 * What owner and operators are told of a teardown that fails again and again. All notices of one
 * environment have one scope: told twice, it is one notification.
 *
 * @param operators entity refs
 */
export function noticeOf(untold: Untold, operators: string[]): Notice {
  const { environmentId, environmentName, owner, failures } = untold;
  const { nextAttemptAt, lastProblem } = untold;
  const isProtected = failures === 0;
  return {
    recipients: {
      type: 'entity',
      entityRef: [...new Set([owner, ...operators])],
    },
    payload: {
      title: isProtected
        ? `${environmentName} should have ended, and is protected`
        : `${environmentName} could not be destroyed`,
      description: isProtected
        ? `Its time is up. ${lastProblem.message}`
        : `${failures === 1 ? 'A teardown has' : `${failures} teardowns have`} failed, so something of it still exists. The last time: ${lastProblem.message} The next try is at ${nextAttemptAt.toISOString()}.`,
      link: `${ORPHANS_PAGE}?search=${encodeURIComponent(environmentName)}`,
      severity: 'high',
      topic: 'environments.teardown',
      scope: `environments.teardown:${environmentId}`,
    },
  };
}
