import {
  ArgocdApplication,
  ArgocdInfo,
  ArgocdOperationState,
  progressOf,
} from '@greenroom/plugin-argocd-node';
import { follow, TookTooLong } from '../application/follow';
import { Site } from '../application/site';
import { terminate } from '../application/terminate';
import { failure, unlessBusy } from '../problems';
import { TIMES } from '../times';
import { failedResources, resultLine } from './syncResult';

/** Told of each resource that the cluster has taken, as soon as Argo CD says so. */
export type OnTaken = (resource: {
  group: string;
  kind: string;
  namespace?: string;
  name: string;
}) => void;

/**
 * Syncs the application to what its specification pins, and waits for the end.
 *
 * @param before - its last operation so far
 * @throws DriverError when it does not end well; the signal's reason, once the sync was terminated
 */
export async function sync(
  site: Site,
  mine: ArgocdInfo,
  before: ArgocdOperationState | undefined,
  onTaken: OnTaken,
): Promise<void> {
  const { client, ref, context, owner, say } = site;
  const { signal } = context;
  try {
    await unlessBusy(
      owner.component,
      () => client.sync(ref, { prune: true, infos: [mine] }, signal),
      {
        message: `Somebody began another sync of the application "${ref.name}" just before this one`,
        remedy: 'Try again: it is waited for, and planned anew',
      },
    );
    const operation = await followSync(site, mine, before, onTaken);
    if (operation.phase !== 'Succeeded') throw syncFailed(site, operation);
  } catch (error) {
    if (signal.aborted) {
      say('Terminating the sync', 'warning');
      await terminate(client, ref);
      throw error;
    }
    if (error instanceof TookTooLong) {
      say('Terminating the sync', 'warning');
      await terminate(client, ref);
      throw failure(owner.component, {
        code: 'argocd.sync.tooLong',
        message: `The sync of component "${owner.component}" did not end within ${TIMES.syncMs / 60_000} minutes, and was terminated`,
        remedy:
          'The log names what it waited for; most often that is a hook that does not end',
      });
    }
    throw error;
  }
}

async function followSync(
  site: Site,
  mine: ArgocdInfo,
  before: ArgocdOperationState | undefined,
  onTaken: OnTaken,
): Promise<ArgocdOperationState> {
  const { client, ref, context, owner } = site;
  const told = new Set<string>();
  return follow(
    client,
    ref,
    { signal: context.signal, withinMs: TIMES.syncMs },
    application => {
      if (!application) throw vanished(site);
      const progress = progressOf(application, mine, { before });
      if (progress.state === 'superseded')
        throw failure(owner.component, {
          code: 'argocd.sync.superseded',
          message: `Another sync of the application "${ref.name}" has come in between`,
          remedy:
            'See in Argo CD who syncs it beside Greenroom, then try again',
        });
      if (progress.state !== 'pending') tell(site, application, told, onTaken);
      return progress.state === 'over' ? progress.operation : undefined;
    },
  );
}

function tell(
  { say }: Site,
  { status }: ArgocdApplication,
  told: Set<string>,
  onTaken: OnTaken,
): void {
  for (const resource of status.operationState?.syncResult?.resources ?? []) {
    const line = resultLine(resource);
    if (told.has(line)) continue;
    told.add(line);
    if (resource.status === 'Synced' && !resource.hookType) onTaken(resource);
    say(line, resource.status === 'SyncFailed' ? 'error' : 'info');
  }
}

function syncFailed({ owner, ref }: Site, operation: ArgocdOperationState) {
  const failed = failedResources(operation);
  const { message } = operation;
  if (/terminated/i.test(message) && failed.length === 0)
    return failure(owner.component, {
      code: 'argocd.sync.terminated',
      message: `Somebody terminated the sync of the application "${ref.name}" in Argo CD`,
      remedy:
        'Try again: what it had made is planned as it is. Ask who terminated it',
      detail: message,
    });
  return failure(owner.component, {
    code: 'argocd.sync.failed',
    message: `The sync of component "${owner.component}" failed: ${failed[0] ?? message}`,
    remedy:
      'Mend what it names in the manifests or in the cluster, then try again; what was made is on record',
    detail: [message, ...failed].join('\n'),
  });
}

export function vanished({ owner, ref }: Site) {
  return failure(owner.component, {
    code: 'argocd.application.vanished',
    message: `Somebody deleted the application "${ref.name}" while it was worked on`,
    remedy: 'Try again: it is made anew',
  });
}
