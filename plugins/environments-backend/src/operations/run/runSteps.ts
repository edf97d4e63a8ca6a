import { HeldClaim } from '../worker/claim';
import { decide, FinalState, StepFacts } from '../machine/decide';
import { OperationCancelledError } from '../errors';
import { isConfirmed } from '../steps/plans';
import { OperationRecord, StepRecord } from '../types';

/** Components at work at once within one operation; more would starve the other operations. */
const PARALLEL_STEPS = 4;

/** How far the steps came: to their end, or to where somebody has to confirm the plan. */
export type StepsOutcome = FinalState | 'waiting';

/**
 * Does whatever comes next, as {@link decide} says, until nothing is left. Steps run in parallel;
 * `steps` is kept as the record has it.
 *
 * @throws the reason of the claim's signal, unless that is a cancel; and what `start` throws
 */
export async function runSteps(options: {
  operation: OperationRecord;
  steps: StepRecord[];
  held: HeldClaim;
  /** Does one step to its end on record. */
  start: (step: StepRecord) => Promise<void>;
  skip: (steps: StepRecord[]) => Promise<void>;
}): Promise<StepsOutcome> {
  const { operation, steps, held, start, skip } = options;
  const running = new Map<string, Promise<void>>();
  const begin = (step: StepRecord) => {
    step.state = 'running';
    const done = start(step).then(() => {
      running.delete(step.id);
    });
    // Seen by the race or at the end; until then it must not count as unhandled.
    done.catch(() => {});
    running.set(step.id, done);
  };
  try {
    for (;;) {
      const decision = decide({
        steps: steps.map(toFacts),
        confirm: operation.confirmation !== undefined,
        cancelRequested: cancelRequested(operation, held),
      });
      const chosen = 'steps' in decision ? decision.steps : [];
      const records = chosen.map(({ id }) => steps.find(s => s.id === id)!);
      switch (decision.move) {
        case 'skip':
          await skip(records);
          break;
        case 'start':
          records.slice(0, PARALLEL_STEPS - running.size).forEach(begin);
          await Promise.race(running.values());
          break;
        case 'wait-for-confirmation':
          return 'waiting';
        case 'end':
          return decision.state;
        default:
          return assertNever(decision);
      }
    }
  } finally {
    // Drivers settle only once their tools have ended: no process outlives the claim's work.
    await Promise.allSettled(running.values());
  }
}

function toFacts(step: StepRecord): StepFacts {
  const { id, component, action, state, after, plan } = step;
  return {
    id,
    component,
    action,
    state,
    after,
    ...(plan && {
      plan: { hasChanges: plan.hasChanges, confirmed: isConfirmed(step) },
    }),
  };
}

/** @throws when the work must stop for any other reason */
function cancelRequested(operation: OperationRecord, { signal }: HeldClaim) {
  if (signal.reason instanceof OperationCancelledError) return true;
  signal.throwIfAborted();
  return operation.cancel !== undefined;
}

function assertNever(decision: never): never {
  throw new Error(`Unknown decision ${JSON.stringify(decision)}`);
}
