import {
  FleetEnvironmentState,
  FleetUpgradeState,
  OperationState,
  Problem,
} from '@greenroom/plugin-environments-common';
import { OperationOutcome } from '../operations/api/outcomes';
import { driftedProblem } from './standing';

/** What becomes of an environment of a fleet upgrade. */
export interface Progress {
  state: FleetEnvironmentState;
  problem?: Problem;
}

/**
 * What becomes of an environment once the operation that it waits for has ended; undefined while it
 * has not.
 */
export function progressOf(
  state: 'checking' | 'upgrading',
  outcome: OperationOutcome,
  fleet: FleetUpgradeState,
): Progress | undefined {
  switch (outcome.state) {
    case 'succeeded':
      if (state === 'upgrading') return { state: 'succeeded' };
      if (outcome.changes) {
        return { state: 'set-aside', problem: driftedProblem() };
      }
      return fleet === 'running' ? { state: 'upgrading' } : turnedBack(fleet);
    case 'failed':
    case 'cancelled':
      return {
        state: 'failed',
        problem: outcome.problem ?? {
          code: `fleet.operation.${outcome.state}`,
          message: `Its operation was ${outcome.state}.`,
        },
      };
    case 'pending':
    case 'queued':
    case 'running':
    case 'waiting':
      return undefined;
    default:
      return assertNever(outcome.state);
  }
}

/** One whose turn came, and for which nothing was begun before its fleet upgrade was halted. */
export function turnedBack(fleet: FleetUpgradeState): Progress {
  return { state: fleet === 'aborted' ? 'left' : 'waiting' };
}

function assertNever(state: never): never {
  throw new Error(`Unknown state of an operation: ${state as OperationState}`);
}
