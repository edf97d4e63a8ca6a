import { ArgocdApplication } from '@greenroom/plugin-argocd-node';
import { follow, TookTooLong } from '../application/follow';
import { Site } from '../application/site';
import { failure } from '../problems';
import { TIMES } from '../times';

/**
 * Waits for the end of whatever is under way on the application: a sync that a dead worker began
 * goes on without it, and to end that in its midst could leave a migration half done.
 *
 * @returns the application as it is then
 */
export async function atRest(
  site: Site,
  application: ArgocdApplication | undefined,
): Promise<ArgocdApplication | undefined> {
  if (!application?.operation) return application;
  const { client, ref, context, owner, say } = site;
  const by = application.status.operationState?.operation.initiatedBy;
  const who = by?.automated ? 'Argo CD itself' : (by?.username ?? 'somebody');
  say(`A sync that ${who} began is under way: waiting for its end`);
  try {
    const rested = await follow(
      client,
      ref,
      { signal: context.signal, withinMs: TIMES.syncMs },
      now => (now?.operation ? undefined : { now }),
    );
    return rested.now;
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    throw failure(owner.component, {
      code: 'argocd.operation.endless',
      message: `A sync of the application "${ref.name}" that ${who} began has been under way for more than ${TIMES.syncMs / 60_000} minutes`,
      remedy: 'Look at it in Argo CD, terminate it there, and try again',
    });
  }
}
