import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { EnvironmentAccess } from '../../environments/access';
import { EnvironmentChanges } from '../../environments/changes';
import { EnvironmentRecord } from '../../environments/types';
import { OperationNotFoundError } from '../errors';
import { OperationStore } from '../store/operations';
import { OperationRecord } from '../types';

/** Finds operations for people: whoever may see an environment may see what is done to it. */
export class OperationFinder {
  constructor(
    private readonly options: {
      knex: Knex;
      operations: OperationStore;
      environments: Pick<EnvironmentChanges, 'get'>;
      access: EnvironmentAccess;
    },
  ) {}

  /** @throws OperationNotFoundError also when the caller may not know of its environment */
  async find(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<{ operation: OperationRecord; environment: EnvironmentRecord }> {
    const { knex, operations, environments, access } = this.options;
    const operation = await operations.find(knex, id);
    if (!operation) throw new OperationNotFoundError(id);
    const environment = await environments.get(knex, operation.environmentId);
    if (!(await access.mayRead(credentials, environment))) {
      throw new OperationNotFoundError(id);
    }
    return { operation, environment };
  }
}
