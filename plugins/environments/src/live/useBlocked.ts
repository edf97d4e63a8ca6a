import { usePermission } from '@backstage/plugin-permission-react';
import {
  Environment,
  environmentUpdatePermission,
  LiveDetail,
} from '@greenroom/plugin-environments-common';
import { isSyncing } from './words';

/** Why nothing may be asked of the system now, in words; undefined when something may. */
export function useBlocked(
  environment: Environment,
  detail?: LiveDetail,
): string | undefined {
  const { id, name, activeOperation } = environment;
  const { loading, allowed } = usePermission({
    permission: environmentUpdatePermission,
    resourceRef: id,
  });
  if (loading) return 'Checking your permission.';
  if (!allowed) return 'You may not update this environment.';
  if (activeOperation) return `An operation on ${name} is under way.`;
  if (isSyncing(detail?.operation)) return 'A sync is under way.';
  return undefined;
}
