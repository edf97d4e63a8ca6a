import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  environmentDestroyPermission,
  Operation,
} from '@greenroom/plugin-environments-common';
import { EnvironmentAccess } from '../../environments/access';
import { EnvironmentChanges } from '../../environments/changes';
import { EnvironmentNotFoundError } from '../../environments/errors';
import { OperationReader } from '../../operations/api/reader';
import { CHECK_CAUSE, givesWay } from '../../operations/givesWay';
import { OperationStore } from '../../operations/store/operations';
import { OperationSubmitter } from '../../operations/submission/submit';

/** How people ask whether a teardown would get through. */
export class TeardownCheckRequests {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      environments: EnvironmentChanges;
      operations: OperationStore;
      submitter: OperationSubmitter;
      reader: OperationReader;
      /** After a commit that left work to do. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
    },
  ) {}

  /**
   * The check that is under way, or one more.
   *
   * @throws EnvironmentBusyError while something is done for real
   */
  async check(
    environmentId: string,
    credentials: BackstageCredentials,
  ): Promise<Operation> {
    const { knex, access, environments, reader, onSubmitted } = this.options;
    const environment = await environments.get(knex, environmentId);
    if (environment.trial) throw new EnvironmentNotFoundError(environmentId);
    await access.require(
      environmentDestroyPermission,
      credentials,
      environment,
    );
    const { actor } = await access.caller(credentials);
    const operationId = await knex.transaction(tx =>
      this.#submit(tx, environmentId, actor),
    );
    await onSubmitted([operationId]);
    const may = await access.rights(credentials, environment);
    return reader.readById(operationId, environment, may);
  }

  async #submit(
    tx: Knex.Transaction,
    environmentId: string,
    actor: string,
  ): Promise<string> {
    const { environments, operations, submitter } = this.options;
    await environments.lock(tx, environmentId);
    const [first] = await operations.unfinished(tx, environmentId);
    if (first && givesWay(first) && !first.cancel) return first.id;
    const { operationId } = await submitter.submit(tx, {
      environmentId,
      kind: 'destroy',
      dryRun: true,
      requestedBy: actor,
      cause: { code: CHECK_CAUSE, message: `Asked for by ${actor}` },
    });
    return operationId;
  }
}
