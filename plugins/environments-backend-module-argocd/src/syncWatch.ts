import { ArgocdApplication, ArgocdClient } from '@greenroom/plugin-argocd-node';
import {
  ActivitySource,
  EnvironmentSighting,
} from '@greenroom/plugin-environments-node';
import { isOwnOperation } from './application/asked';
import { ENVIRONMENT_LABEL, isRehearsal } from './application/names';
import { SiteOptions } from './application/site';
import { Placement } from './config';

type Tell = Parameters<ActivitySource['watch']>[0];

/** Sees that somebody synced an application of an environment: whoever does so uses it. */
export class SyncWatch implements ActivitySource {
  readonly signal = 'argocd';

  constructor(private readonly options: SiteOptions) {}

  async watch(tell: Tell, signal: AbortSignal): Promise<void> {
    const { instances, placements } = this.options;
    // Where one can't be watched any more, all of them are begun again.
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    try {
      await Promise.all(
        placements.projects.map(({ instance, project }) =>
          follow(instances.get(instance), project, tell, either),
        ),
      );
    } finally {
      failed.abort();
    }
  }
}

async function follow(
  client: ArgocdClient,
  project: Placement['project'],
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  for await (const event of client.watchApplications({ project }, signal)) {
    const sighting = syncSeen(event.application);
    if (sighting) await tell(sighting);
  }
}

/** The last sync, where somebody has asked for it; Argo CD's own and Greenroom's are nobody's use. */
function syncSeen(
  application: ArgocdApplication,
): EnvironmentSighting | undefined {
  const { name, labels = {} } = application.metadata;
  const { operationState } = application.status;
  const environmentId = labels[ENVIRONMENT_LABEL];
  if (!environmentId || isRehearsal(labels)) return undefined;
  if (!operationState?.finishedAt) return undefined;
  const { operation } = operationState;
  const { initiatedBy } = operation;
  // What somebody asked Greenroom for was seen where it was asked for.
  if (isOwnOperation(application, operation) || !initiatedBy?.username)
    return undefined;
  return {
    environmentId,
    at: new Date(operationState.finishedAt),
    note: `${initiatedBy.username} synced ${name}`,
  };
}
