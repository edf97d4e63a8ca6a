import { createHash } from 'node:crypto';
import { JsonValue } from '@greenroom/plugin-environments-common';
import {
  DriverPlan,
  ResourceAction,
} from '@greenroom/plugin-environments-node';
import {
  PlannedAction,
  PlannedChange,
  TerraformPlanDocument,
} from '@greenroom/plugin-terraform-node';

/** A saved plan as the contract says it. */
export function driverPlan(
  plan: TerraformPlanDocument,
  hasChanges: boolean,
): DriverPlan {
  const changed = (plan.resource_changes ?? [])
    .flatMap(resource => {
      const action = actionOf(resource.change.actions);
      return action ? [{ ...resource, action }] : [];
    })
    .sort((a, b) => compare(a.address, b.address));
  const count = (...actions: ResourceAction[]) =>
    changed.filter(change => actions.includes(change.action)).length;
  const outputs = Object.entries(plan.output_changes ?? {})
    .filter(([, { actions }]) => actionOf(actions))
    .sort(([a], [b]) => compare(a, b));

  return {
    summary: {
      add: count('add', 'replace'),
      change: count('change'),
      remove: count('remove', 'replace'),
    },
    changes: changed.map(({ address, type, action }) => ({
      address,
      type,
      action,
    })),
    hash: digest([
      changed.map(({ address, change }) => [address, hashed(change)]),
      outputs.map(([name, change]) => [name, hashed(change)]),
    ]),
    hasChanges,
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

/** Sensitive values take no part in the hash: a short one could be guessed from it. */
function hashed(change: PlannedChange): unknown {
  return {
    actions: change.actions,
    after: withoutSensitive(change.after, change.after_sensitive),
    unknown: change.after_unknown,
  };
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
