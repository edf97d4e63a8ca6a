import { OperationCause } from '@greenroom/plugin-environments-common';

/** Why a teardown is planned that nobody has asked for yet. */
export const CHECK_CAUSE: OperationCause['code'] = 'teardown.check';

/**
 * A check only looks ahead, and can be made at any other time: whatever is to be done for real goes
 * before it, and lists over all environments leave it out.
 */
export function givesWay({ cause }: { cause: OperationCause }): boolean {
  return cause.code === CHECK_CAUSE;
}

/**
 * The same in SQL, of what does not.
 *
 * @param operation alias of the table
 */
export function isForReal(operation: string): string {
  return `${operation}.cause->>'code' IS DISTINCT FROM '${CHECK_CAUSE}'`;
}
