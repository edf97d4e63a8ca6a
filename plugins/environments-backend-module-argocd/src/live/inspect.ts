import { comparisonErrors } from '@greenroom/plugin-argocd-node';
import { ResourceChange } from '@greenroom/plugin-environments-common';
import {
  DriverInspection,
  DriverTarget,
} from '@greenroom/plugin-environments-node';
import { SiteOptions } from '../application/site';
import { driftChanges } from '../plan/changes';
import { findApplication, Found } from './find';
import { messageOf } from './message';
import { historyOf, operationOf } from './past';
import { resourcesOf } from './resources';
import { stateOf } from './state';

/** One component with all that Argo CD knows of it: three requests, wherever it is. */
export async function inspect(
  target: DriverTarget,
  options: SiteOptions,
  signal: AbortSignal,
): Promise<DriverInspection | undefined> {
  const found = await findApplication(target, options, signal);
  if (!found) return undefined;
  const { place, application } = found;
  const { client, ref } = place;
  const { metadata, spec, status } = application;
  const isCompared = comparisonErrors(application).length === 0;
  const [tree, changes] = await Promise.all([
    client.resourceTree(ref, signal),
    // Without a comparison it would read as if everything were to be removed.
    isCompared ? driftOf(found, signal) : [],
  ]);
  const message = messageOf(application);
  const operation = operationOf(application);
  return {
    ...stateOf(client, {
      ...{ name: metadata.name, namespace: metadata.namespace, spec },
      sync: isCompared ? status.sync.status : 'Unknown',
      health: status.health,
    }),
    ...(message && { message }),
    ...resourcesOf(status.resources, tree, isCompared),
    changes,
    history: historyOf(application),
    ...(operation && { operation }),
  };
}

async function driftOf(
  { place: { client, ref }, application }: Found,
  signal: AbortSignal,
): Promise<ResourceChange[]> {
  const { namespace = '' } = application.spec.destination;
  const managed = await client.managedResources(ref, {}, signal);
  return driftChanges(managed, namespace).sort((a, b) =>
    a.address < b.address ? -1 : 1,
  );
}
