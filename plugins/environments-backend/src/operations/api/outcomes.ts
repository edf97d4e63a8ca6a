import { OperationState, Problem } from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';
import { OperationStore } from '../store/operations';
import { StepStore } from '../store/steps';

/** How an operation stands, for whoever waits for its end. */
export interface OperationOutcome {
  state: OperationState;
  problem?: Problem;
  /** Of a dry run that succeeded: something would have been changed. */
  changes: boolean;
}

export class OperationOutcomes {
  constructor(
    private readonly options: { operations: OperationStore; steps: StepStore },
  ) {}

  /** By id; two queries, however many there are. */
  async of(
    tx: Transaction,
    operationIds: string[],
  ): Promise<Map<string, OperationOutcome>> {
    const { operations, steps } = this.options;
    const found = await operations.findAll(tx, operationIds);
    const planned = await steps.ofOperations(
      tx,
      found
        .filter(({ dryRun, state }) => dryRun && state === 'succeeded')
        .map(({ id }) => id),
    );
    return new Map(
      found.map(({ id, state, problem }) => [
        id,
        {
          state,
          problem,
          changes: (planned.get(id) ?? []).some(({ plan }) => {
            const { add = 0, change = 0, remove = 0 } = plan?.summary ?? {};
            return add + change + remove > 0;
          }),
        },
      ]),
    );
  }
}
