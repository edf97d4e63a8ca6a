import {
  ArgocdApplicationRef,
  ArgocdClient,
} from '@greenroom/plugin-argocd-node';
import { TIMES } from '../times';
import { follow } from './follow';

/**
 * Ends the operation under way, and waits until it has ended: nothing may be changed any more.
 * Argo CD may lose the word when it writes down how far the operation is just then, so it is
 * told again for as long as it goes on.
 */
export async function terminate(
  client: ArgocdClient,
  ref: ArgocdApplicationRef,
): Promise<void> {
  const signal = AbortSignal.timeout(TIMES.terminateMs);
  await follow(
    client,
    ref,
    { signal, withinMs: TIMES.terminateMs },
    async application => {
      if (!application?.operation) return true;
      const { phase } = application.status.operationState ?? {};
      if (phase !== 'Terminating') await client.terminateOperation(ref, signal);
      return undefined;
    },
  );
}
