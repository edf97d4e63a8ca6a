import {
  Environment,
  mayBegin,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';

export type ChangeKind = SubmitOperationRequest['kind'];

/**
 * Why a change can't be asked for now, in words; undefined when it can. While another operation is
 * under way everything can be, since it may be queued behind that one. The server decides; this only
 * spares a refusal.
 */
export function blockedReason(
  environment: Pick<Environment, 'name' | 'state' | 'activeOperation'>,
  kind: ChangeKind,
  permission: { loading: boolean; allowed: boolean },
): string | undefined {
  const { name, state, activeOperation } = environment;
  if (state === 'destroyed') return `${name} is destroyed.`;
  if (permission.loading) return 'Checking your permission.';
  if (!permission.allowed) return `You may not ${kind} this environment.`;
  if (state === 'destroying' || activeOperation?.kind === 'destroy') {
    return 'It is being destroyed.';
  }
  if (activeOperation || mayBegin(state, kind)) return undefined;
  if (state === 'paused') return 'It is paused: resume it first.';
  if (kind === 'resume') return 'It is not paused.';
  return `Not possible while it is ${state}.`;
}
