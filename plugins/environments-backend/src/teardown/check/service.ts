import { Knex } from 'knex';
import { Problem } from '@greenroom/plugin-environments-common';
import { Clock } from '../../clock';
import { Transaction } from '../../database';
import { EnvironmentChanges } from '../../environments/changes';
import { LeaseService } from '../../leases/service';
import { givesWay } from '../../operations/givesWay';
import { FinalState } from '../../operations/machine/decide';
import { ReadStore } from '../../operations/store/reads';
import { StepStore } from '../../operations/store/steps';
import { OperationRecord } from '../../operations/types';
import { judge } from './judge';
import { afterPutOff, againAt } from './moments';
import { CheckStore } from './store';
import { CheckRecord } from './types';

/**
 * Whether the next teardown of an environment would fail, by the last dry run of a destroy, whoever
 * has asked for it. Every change is part of a transaction that holds the lock of the environment.
 */
export class TeardownChecks {
  constructor(
    private readonly options: {
      store: CheckStore;
      steps: StepStore;
      readStore: ReadStore;
      leases: Pick<LeaseService, 'get'>;
      environments: Pick<EnvironmentChanges, 'get'>;
      clock: Clock;
    },
  ) {}

  async find(
    tx: Transaction,
    environmentId: string,
  ): Promise<CheckRecord | undefined> {
    return this.options.store.find(tx, environmentId);
  }

  /** What the end of an operation means for what is known of the teardown. */
  async after(
    tx: Knex.Transaction,
    operation: OperationRecord,
    end: { state: FinalState; problem?: Problem },
  ): Promise<void> {
    const { store, clock } = this.options;
    const { environmentId, kind, dryRun } = operation;
    if (kind !== 'destroy') {
      if (!dryRun && end.state === 'succeeded') {
        await this.lookAgain(tx, environmentId);
      }
    } else if (!dryRun) {
      // By now it is known for real.
      await store.remove(tx, environmentId);
    } else if (end.state !== 'cancelled') {
      await this.#keep(tx, operation, end.problem);
    } else if (givesWay(operation)) {
      await store.putOff(tx, environmentId, afterPutOff(clock.now()));
    }
  }

  /** What was found may not be true any more. */
  async lookAgain(tx: Knex.Transaction, environmentId: string): Promise<void> {
    const { store, clock } = this.options;
    await store.lookAgain(tx, environmentId, clock.now());
  }

  async #keep(
    tx: Knex.Transaction,
    { id, number, environmentId }: OperationRecord,
    problem: Problem | undefined,
  ): Promise<void> {
    const { store, steps, readStore, leases, environments, clock } =
      this.options;
    const now = clock.now();
    const { protection, dueAt } = await leases.get(tx, environmentId);
    const verdict = judge({
      environment: await environments.get(tx, environmentId),
      steps: await steps.ofOperation(tx, id),
      problem,
      protection,
      readers: await readStore.countReaders(tx, environmentId),
    });
    await store.keep(
      tx,
      {
        ...verdict,
        environmentId,
        operationId: id,
        operationNumber: number,
        checkedAt: now,
      },
      againAt(verdict, { now, dueAt }),
    );
  }
}
