import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ListOperationsQuery,
  Operation,
  OperationPlan,
  OperationSummary,
  Page,
} from '@greenroom/plugin-environments-common';
import { readCursor } from '../../cursor';
import { EnvironmentAccess } from '../../environments/access';
import { readPage } from '../../page';
import { OperationFinder } from './finder';
import { operationCursorSchema, OperationList } from './list';
import { toOperationPlan } from './operationPlan';
import { OperationReader } from './reader';
import { StepStore } from '../store/steps';

/** Operations for their readers: whoever may see an environment may see what is done to it. */
export class OperationService {
  constructor(
    private readonly options: {
      knex: Knex;
      finder: OperationFinder;
      list: OperationList;
      reader: OperationReader;
      steps: StepStore;
      access: EnvironmentAccess;
    },
  ) {}

  async get(id: string, credentials: BackstageCredentials): Promise<Operation> {
    const { finder, reader, access } = this.options;
    const { operation, environment } = await finder.find(id, credentials);
    const may = await access.rights(credentials, environment);
    return reader.read(operation, environment, may);
  }

  /** Resource by resource, as far as it is planned. */
  async plan(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<OperationPlan> {
    const { knex, finder, steps } = this.options;
    const { operation } = await finder.find(id, credentials);
    return toOperationPlan(await steps.ofOperation(knex, operation.id));
  }

  /** Over all environments that the caller may see, newest first. */
  async list(
    query: ListOperationsQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<OperationSummary>> {
    const { access, list } = this.options;
    const { cursor, limit, ...filters } = query;
    const request = {
      ...filters,
      caller: await access.caller(credentials),
      visible: await access.visible(credentials),
    };
    const from = cursor ? readCursor(cursor, operationCursorSchema) : undefined;
    return readPage({
      limit,
      rows: most => list.page({ ...request, limit: most, cursor: from }),
      total: () => list.total(request),
      item: row => row.item,
      place: row => row.cursor,
    });
  }
}
