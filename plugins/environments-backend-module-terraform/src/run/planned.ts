import { createHash } from 'node:crypto';
import {
  JsonValue,
  PlanPurpose,
  ResourceAction,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import {
  attributeChanges,
  DriverPlan,
} from '@greenroom/plugin-environments-node';
import {
  PlannedAction,
  PlannedChange,
  PlannedResource,
  TerraformPlanDocument,
} from '@greenroom/plugin-terraform-node';
import { reasonOf } from './reasons';

/** A saved plan as the contract says it. */
export function driverPlan(
  plan: TerraformPlanDocument,
  purpose: PlanPurpose,
  hasChanges: boolean,
): DriverPlan {
  // To adopt is to take the drift into the state: nothing else is done then.
  const resources =
    purpose === 'adopt' ? plan.resource_drift : plan.resource_changes;
  const changed = (resources ?? [])
    .flatMap(resource => {
      const action = actionOf(resource.change.actions);
      return action ? [{ resource, change: changeOf(resource, action) }] : [];
    })
    .sort((a, b) => compare(a.change.address, b.change.address));
  const changes = changed.map(({ change }) => change);
  const count = (...actions: ResourceAction[]) =>
    changes.filter(change => actions.includes(change.action)).length;
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([, { actions }]) => actionOf(actions))
    .sort(([a], [b]) => compare(a, b));

  return {
    summary: {
      add: count('add', 'replace'),
      change: count('change'),
      remove: count('remove', 'replace'),
    },
    changes,
    hash: digest([
      purpose,
      changed.map(({ resource, change }) => [
        change.address,
        resource.change.actions,
        change.digest,
      ]),
      outputs.map(([name, { actions, ...change }]) => [
        name,
        actions,
        outcomeOf(change),
      ]),
    ]),
    hasChanges,
    changedOutputs: outputs.map(([name]) => name),
  };
}

function changeOf(
  { address, type, deposed, change, action_reason }: PlannedResource,
  action: ResourceAction,
): ResourceChange {
  const reason = reasonOf(action_reason);
  return {
    address: deposed ? `${address} (deposed ${deposed})` : address,
    type,
    action,
    attributes: attributeChanges({
      before: change.before as JsonValue,
      after: change.after as JsonValue,
      beforeSensitive: change.before_sensitive as JsonValue,
      afterSensitive: change.after_sensitive as JsonValue,
      afterUnknown: change.after_unknown as JsonValue,
      replacePaths: change.replace_paths,
    }),
    ...(reason && { reason }),
    digest: digest([outcomeOf(change), change.actions.includes('forget')]),
  };
}

/** Undefined when nothing is done. */
function actionOf(actions: PlannedAction[]): ResourceAction | undefined {
  if (actions.length > 1) return 'replace';
  switch (actions[0]) {
    case 'create':
      return 'add';
    case 'update':
      return 'change';
    // What is forgotten goes on existing, but no later destroy will find it: shown as what it
    // is for the environment.
    case 'forget':
    case 'delete':
      return 'remove';
    case 'read':
      return 'read';
    default:
      return undefined;
  }
}

/**
 * What something will be like, by whatever way it comes there. Sensitive values take no part: a
 * short one could be guessed from a digest.
 */
function outcomeOf(change: Omit<PlannedChange, 'actions'>): unknown {
  return [
    withoutSensitive(change.after, change.after_sensitive),
    change.after_unknown,
  ];
}

function withoutSensitive(value: unknown, sensitive: unknown): unknown {
  if (sensitive === true) return null;
  if (typeof value !== 'object' || value === null || !sensitive) return value;
  const flags = sensitive as Record<string, unknown>;
  if (Array.isArray(value))
    return value.map((item, index) => withoutSensitive(item, flags[index]));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      withoutSensitive(item, flags[key]),
    ]),
  );
}

function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value as JsonValue)))
    .digest('hex');
}

/** Both tools print objects with sorted keys today; the hash does not depend on it. */
function sorted(value: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.keys(value)
      .sort(compare)
      .map(key => [key, sorted(value[key])]),
  );
}

/** By code unit: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
