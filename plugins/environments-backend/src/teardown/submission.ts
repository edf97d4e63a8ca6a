import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import { OperationCause } from '@greenroom/plugin-environments-common';
import { isTransient } from '../database';
import { problemsOf } from '../errors';
import { EnvironmentBusyError } from '../operations/errors';
import { OperationSubmitter } from '../operations/submission/submit';
import { TeardownService } from './service';

/** Submits destroys for the sweeps: one that can't be submitted does not hold up the others. */
export class DestroySubmission {
  constructor(
    private readonly options: {
      submitter: OperationSubmitter;
      teardowns: TeardownService;
      logger: LoggerService;
    },
  ) {}

  /**
   * @param environmentIds locked by the transaction
   * @param begin writes what goes with the destroy, and says why it is
   * @returns ids of the operations to ring for after the commit
   */
  async submitEach(
    tx: Knex.Transaction,
    environmentIds: string[],
    requestedBy: string,
    begin: (
      tx: Knex.Transaction,
      environmentId: string,
    ) => Promise<OperationCause>,
  ): Promise<string[]> {
    const operationIds: string[] = [];
    for (const environmentId of environmentIds) {
      try {
        const operationId = await tx.transaction(async savepoint => {
          const cause = await begin(savepoint, environmentId);
          const submitted = await this.options.submitter.submit(savepoint, {
            environmentId,
            kind: 'destroy',
            requestedBy,
            cause,
          });
          return submitted.operationId;
        });
        operationIds.push(operationId);
      } catch (error) {
        await this.#refused(tx, environmentId, error);
      }
    }
    return operationIds;
  }

  async #refused(
    tx: Knex.Transaction,
    environmentId: string,
    error: unknown,
  ): Promise<void> {
    const { teardowns, logger } = this.options;
    if (isTransient(error)) throw error;
    // Somebody was faster; it is due still when it is free.
    if (error instanceof EnvironmentBusyError) return;
    logger.error(
      `Could not submit the teardown of environment ${environmentId}`,
      isError(error) ? toError(error) : undefined,
    );
    const [problem] = problemsOf(error) ?? [];
    await teardowns.failed(tx, {
      environmentId,
      problem: problem ?? {
        code: 'teardown.not-submitted',
        message: 'The teardown could not even be begun.',
        remedy: `Operators find the cause in the log under environment ${environmentId}.`,
      },
    });
  }
}
