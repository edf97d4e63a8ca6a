import {
  ArgocdResourceNode,
  ArgocdResourceTree,
} from '@greenroom/plugin-argocd-node';
import { Site } from '../application/site';

const MOST_RESOURCES = 4;
const MOST_EVENTS = 5;
const LOG_LINES = 15;

/**
 * Why resources are not well: what Kubernetes says of each, and the last lines of its pods.
 * Nothing of it is needed to go on, so what can't be had is left out.
 */
export async function reasonsOf(site: Site): Promise<string[]> {
  const { client, ref, context } = site;
  const { signal } = context;
  const tree = await client
    .resourceTree(ref, signal)
    .catch((): ArgocdResourceTree => ({ nodes: [], orphanedNodes: [] }));
  const unwell = tree.nodes.filter(isUnwell).slice(0, MOST_RESOURCES);
  const found = await Promise.all(unwell.map(node => reasonsOfOne(site, node)));
  return found.flat();
}

function isUnwell({ health }: ArgocdResourceNode): boolean {
  return (
    health !== undefined && !['Healthy', 'Suspended'].includes(health.status)
  );
}

async function reasonsOfOne(
  { client, ref, context: { signal } }: Site,
  node: ArgocdResourceNode,
): Promise<string[]> {
  const { kind, name, namespace, uid, health, info } = node;
  const about = `${kind}/${name}`;
  const told = info
    .filter(one => one.name === 'Status Reason')
    .map(({ value }) => value);
  const state = [health?.status, ...told, health?.message].filter(Boolean);
  const events = uid
    ? await client
        .kubernetesEvents(ref, { name, namespace, uid }, signal)
        .catch(() => [])
    : [];
  const warnings = events
    .filter(({ type }) => type !== 'Normal')
    .slice(-MOST_EVENTS)
    .map(({ reason, message }) => `${about} event ${reason}: ${message}`);
  const log =
    kind === 'Pod'
      ? await client
          .podLog(ref, { name, namespace, lines: LOG_LINES }, signal)
          .catch(() => [])
      : [];
  return [
    `${about} is ${state.join(', ')}`,
    ...warnings,
    ...log.map(line => `${about} log: ${line}`),
  ];
}
