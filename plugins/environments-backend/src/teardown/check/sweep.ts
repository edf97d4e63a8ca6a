import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { LEASE_ACTOR } from '../../leases/service';
import { RecurringWork } from '../../loop';
import { CHECK_CAUSE } from '../../operations/givesWay';
import { OperationStore } from '../../operations/store/operations';
import { OperationSubmitter } from '../../operations/submission/submit';
import { Setbacks } from '../../setbacks';
import { CheckStore } from './store';

/** Checks under way at once, over all replicas: workers are there for what people wait for. */
const AT_ONCE = 4;

/**
 * Has the teardown of environments planned a while before they end. Only while nothing else waits
 * for a worker, and few at a time.
 */
export class TeardownCheckSweep implements RecurringWork {
  readonly name = 'The sweep of teardown checks';
  readonly intervalMs = 5000;

  readonly #setbacks: Setbacks;

  constructor(
    private readonly options: {
      knex: Knex;
      store: CheckStore;
      operations: OperationStore;
      submitter: OperationSubmitter;
      /** How long before its end an environment is checked, at most. */
      checkBeforeSeconds: number;
      logger: LoggerService;
      /** After commit. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
    },
  ) {
    this.#setbacks = new Setbacks(
      'Could not check the teardown of environment',
      options.logger,
    );
  }

  /** @returns how many checks it submits */
  async tick(now: Date): Promise<number> {
    const { knex, onSubmitted } = this.options;
    const operationIds = await knex.transaction(tx => this.#submitDue(tx, now));
    if (operationIds.length > 0) await onSubmitted(operationIds);
    return operationIds.length;
  }

  async #submitDue(tx: Knex.Transaction, now: Date): Promise<string[]> {
    const { store, operations, checkBeforeSeconds } = this.options;
    if (!(await store.takeTurn(tx))) return [];
    const { checks, waiting } = await operations.load(tx);
    if (waiting || checks >= AT_ONCE) return [];
    const due = await store.lockDue(tx, now, {
      limit: AT_ONCE - checks,
      beforeSeconds: checkBeforeSeconds,
      except: this.#setbacks.at(now),
    });
    const operationIds: string[] = [];
    for (const id of due) {
      const submitted = await this.#setbacks.attempt(tx, id, now, savepoint =>
        this.#submit(savepoint, id),
      );
      if (submitted) operationIds.push(submitted);
    }
    return operationIds;
  }

  async #submit(tx: Knex.Transaction, environmentId: string): Promise<string> {
    const { operationId } = await this.options.submitter.submit(tx, {
      environmentId,
      kind: 'destroy',
      dryRun: true,
      requestedBy: LEASE_ACTOR,
      cause: {
        code: CHECK_CAUSE,
        message: 'its end is near, and its teardown is to get through then',
      },
    });
    return operationId;
  }
}
