import { Environment } from '@greenroom/plugin-environments-common';

/** Why an environment can't be destroyed now, in words; undefined when it can. */
export function destroyBlockedReason(
  environment: Pick<Environment, 'state' | 'activeOperation'>,
  permission: { loading: boolean; allowed: boolean },
): string | undefined {
  if (environment.state === 'destroyed') return 'It is destroyed already.';
  if (environment.activeOperation) {
    const { kind, number } = environment.activeOperation;
    return kind === 'destroy'
      ? 'It is being destroyed.'
      : `Possible once ${kind} #${number} has ended.`;
  }
  if (environment.state === 'destroying') return 'It is being destroyed.';
  if (permission.loading) return 'Checking your permission.';
  if (!permission.allowed) return 'You may not destroy this environment.';
  return undefined;
}
