import {
  BulkItem,
  BulkRequest,
  EnvironmentSummary,
  parseDurationSeconds,
  Problem,
} from '@greenroom/plugin-environments-common';
import { iso } from './builders';

/** What a change of many comes to for one environment, as far as sample data can tell. */
export function bulkItem(
  one: EnvironmentSummary,
  { action, by = '24h', until, dryRun }: BulkRequest,
): BulkItem {
  const { id, name, owner, lease } = one;
  const item: BulkItem = {
    environmentId: id,
    name,
    owner,
    expiresBefore: lease.expiresAt,
    resources: action === 'destroy' ? 14 : undefined,
  };
  const problem = problemOf(one, action);
  if (problem) return { ...item, problem };
  if (action === 'extend' && lease.expiresAt) {
    const seconds = parseDurationSeconds(by) ?? 0;
    const expiresAfter = iso(Date.parse(lease.expiresAt), seconds * 1000);
    return { ...item, expiresAfter };
  }
  if (action === 'hold') return { ...item, dueAt: until };
  return dryRun ? item : { ...item, operation: { id: 'op-9', number: 9 } };
}

function problemOf(
  { name, state, lease, activeOperation }: EnvironmentSummary,
  action: BulkRequest['action'],
): Problem | undefined {
  if (action === 'extend' || action === 'hold') {
    return lease.expiresAt
      ? undefined
      : {
          code: 'lease.unlimited',
          message: 'This environment does not expire.',
        };
  }
  if (action === 'destroy' && lease.protection) {
    return {
      code: 'environment.protected',
      message: `${name} is protected by ${lease.protection.by}: ${lease.protection.reason}`,
      remedy: 'Have the protection lifted first.',
    };
  }
  return activeOperation
    ? {
        code: 'environment.busy',
        message: `The environment is busy with operation ${activeOperation.number}: it is ${state}.`,
        remedy: 'Wait until that operation has ended or cancel it.',
      }
    : undefined;
}
