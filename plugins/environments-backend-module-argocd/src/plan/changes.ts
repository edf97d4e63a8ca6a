import { isDeepStrictEqual } from 'node:util';
import { ArgocdManagedResource } from '@greenroom/plugin-argocd-node';
import {
  JsonObject,
  ResourceAction,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { attributeChanges } from '@greenroom/plugin-environments-node';
import { addressOf, typeOf } from '../application/resources';
import { digest } from './digest';
import { outcomeOf, readable, secretMarks } from './manifests';

/** One resource before and after, as people are to see it. */
export interface Looks {
  address: string;
  type: string;
  before?: JsonObject;
  after?: JsonObject;
  /** What is said of it will be like this; `after` where absent. */
  declared?: JsonObject;
  reason?: string;
}

/** @returns undefined where nothing changes */
export function changeOf(looks: Looks): ResourceChange | undefined {
  const { address, type, before, after, declared = after, reason } = looks;
  const action = actionOf(before, after);
  if (!action) return undefined;
  const marks = secretMarks(before, after);
  return {
    address,
    type,
    action,
    attributes: attributeChanges({
      before,
      after,
      beforeSensitive: marks,
      afterSensitive: marks,
    }),
    ...(reason && { reason }),
    digest: digest([action === 'remove', outcomeOf(declared)]),
  };
}

/** What a sync would do with one resource. */
export function syncChange(
  resource: ArgocdManagedResource,
  namespace: string,
): ResourceChange | undefined {
  // A hook is run at each sync, so it is no change.
  if (resource.hook) return undefined;
  return changeOf({
    address: addressOf(resource, namespace),
    type: typeOf(resource),
    before: resource.liveState && readable(resource.before),
    after: readable(resource.after),
    declared: readable(resource.targetState),
  });
}

/** The removal of a resource that is there. */
export function removal(
  resource: ArgocdManagedResource,
  namespace: string,
  reason?: string,
): ResourceChange | undefined {
  return changeOf({
    address: addressOf(resource, namespace),
    type: typeOf(resource),
    before: readable(resource.liveState),
    reason,
  });
}

/** What has come to be different from what was declared, seen from what was declared. */
export function driftChanges(
  resources: ArgocdManagedResource[],
  namespace: string,
): ResourceChange[] {
  return resources
    .map(one => driftChange(one, namespace))
    .filter(change => change !== undefined);
}

function driftChange(
  resource: ArgocdManagedResource,
  namespace: string,
): ResourceChange | undefined {
  if (resource.hook || resource.change === 'none') return undefined;
  return changeOf({
    address: addressOf(resource, namespace),
    type: typeOf(resource),
    before: resource.targetState && readable(resource.after),
    after: resource.liveState && readable(resource.before),
  });
}

function actionOf(
  before?: JsonObject,
  after?: JsonObject,
): ResourceAction | undefined {
  if (!before) return after && 'add';
  if (!after) return 'remove';
  return isDeepStrictEqual(before, after) ? undefined : 'change';
}
