import {
  ArgocdResourceNode,
  ArgocdResourceTree,
} from '@greenroom/plugin-argocd-node';
import { Site } from '../application/site';
import { isUnwell, worstFirst } from './severity';

/** Of pods, and again of what made them: a pod says most, and may only be on its way while that has failed. */
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
  const unwell = worstFirst(tree.nodes.filter(one => isUnwell(one.health)));
  const isPod = ({ kind }: ArgocdResourceNode) => kind === 'Pod';
  const asked = [
    ...unwell.filter(one => !isPod(one)).slice(0, MOST_RESOURCES),
    ...unwell.filter(isPod).slice(0, MOST_RESOURCES),
  ];
  const found = await Promise.all(asked.map(node => reasonsOfOne(site, node)));
  const others = unwell.length - asked.length;
  return [
    ...found.flat(),
    ...(others > 0
      ? [`${others} more are not well, and were not looked at`]
      : []),
  ];
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
