import { Knex } from 'knex';
import {
  componentGraph,
  EnvironmentComponent,
  Operation,
  OperationRead,
  OperationSummary,
  Problem,
  Step,
} from '@greenroom/plugin-environments-common';
import { BlueprintService, PublishedBlueprint } from '../../blueprints/service';
import { Rights } from '../../environments/access';
import { EnvironmentChanges } from '../../environments/changes';
import { inputsOf } from '../../environments/inputVault';
import { knownResources } from '../../environments/knownResources';
import { ComponentRecord, EnvironmentRecord } from '../../environments/types';
import { movesOf } from './moves';
import { ReadRecord } from '../../environments/reads';
import { readByOthersProblem } from '../errors';
import { HistoryStore } from '../store/history';
import { OperationStore } from '../store/operations';
import { ReadStore } from '../store/reads';
import { StepStore } from '../store/steps';
import { planSum, toOperationSummary } from './summary';
import { OperationRecord, StepRecord } from '../types';

/** Operations in the words of the API. Whoever calls has checked that the caller may see them. */
export class OperationReader {
  constructor(
    private readonly options: {
      knex: Knex;
      operations: OperationStore;
      steps: StepStore;
      history: HistoryStore;
      readStore: ReadStore;
      environments: Pick<EnvironmentChanges, 'components'>;
      blueprints: Pick<BlueprintService, 'getById'>;
    },
  ) {}

  async read(
    operation: OperationRecord,
    environment: EnvironmentRecord,
    may: Rights,
  ): Promise<Operation> {
    const { knex, steps, history, readStore, environments, blueprints } =
      this.options;
    const [stepRecords, around, reads, components, blueprint] =
      await Promise.all([
        steps.ofOperation(knex, operation.id),
        history.around(knex, operation),
        readStore.ofOperation(knex, operation.id),
        environments.components(knex, environment.id),
        blueprints.getById(operation.blueprintVersionId),
      ]);
    const { name, title, version, entityRef, warnings } = blueprint;
    const warned = await this.#warnings(operation, warnings);
    const isBehind = operation.state === 'pending';
    return {
      ...toOperationSummary(operation, {
        environmentName: environment.name,
        plan: planSum(stepRecords),
      }),
      blueprint: { name, title, version, entityRef },
      ...inputsOf(operation),
      reads: reads.length > 0 ? reads.map(toRead) : undefined,
      steps: stepRecords.map(toStep),
      confirmation: operation.confirmation && {
        ...operation.confirmation,
        until: operation.confirmation.until?.toISOString(),
        confirmedAt: operation.confirmation.confirmedAt?.toISOString(),
      },
      behind: isBehind ? around.ahead : undefined,
      worker: operation.worker,
      moves: movesOf({ ...around, operation, environment, may }),
      warnings: warned.length > 0 ? warned : undefined,
      components: toComponents(blueprint, components, stepRecords),
    };
  }

  async #warnings(
    { kind, environmentId }: OperationRecord,
    ofVersion: Problem[],
  ): Promise<Problem[]> {
    const { knex, readStore } = this.options;
    if (kind === 'upgrade') return ofVersion;
    if (kind !== 'destroy') return [];
    const readers = await readStore.countReaders(knex, environmentId);
    return readers > 0 ? [readByOthersProblem(readers)] : [];
  }

  async readById(
    id: string,
    environment: EnvironmentRecord,
    may: Rights,
  ): Promise<Operation> {
    const { knex, operations } = this.options;
    const operation = await operations.find(knex, id);
    if (!operation) throw new Error(`There is no operation ${id}`);
    return this.read(operation, environment, may);
  }

  /** The last one that was to change the environment. */
  async latest(environment: EnvironmentRecord): Promise<OperationSummary> {
    const { knex, operations, steps, history } = this.options;
    const mark = await history.newest(knex, environment.id);
    const operation = mark && (await operations.find(knex, mark.id));
    if (!operation) {
      throw new Error(`Environment ${environment.id} has no operation`);
    }
    return toOperationSummary(operation, {
      environmentName: environment.name,
      plan: planSum(await steps.ofOperation(knex, operation.id)),
    });
  }
}

function toRead({ environmentId, name, outputs }: ReadRecord): OperationRead {
  return { environmentId, name, outputs: Object.keys(outputs) };
}

function toStep(step: StepRecord): Step {
  return {
    id: step.id,
    component: step.component,
    action: step.action,
    purpose: step.purpose,
    state: step.state,
    // The API counts a step that waits for its first try as being at it.
    attempt: Math.max(1, step.attempt),
    startedAt: step.startedAt?.toISOString(),
    finishedAt: step.finishedAt?.toISOString(),
    plan: step.plan?.summary,
    deferredBy: step.plan?.deferredBy,
    after: step.after,
    problem: step.problem,
  };
}

/**
 * The graph of the version that the operation is about, then what else it has steps for: what an
 * older version had made and this one has no more.
 */
function toComponents(
  { document }: PublishedBlueprint,
  records: ComponentRecord[],
  steps: StepRecord[],
): EnvironmentComponent[] {
  const named = new Set(steps.map(step => step.component));
  const graph = componentGraph(document);
  const others = records.filter(
    ({ id }) => named.has(id) && graph.every(node => node.id !== id),
  );
  return [...graph, ...others].map(({ id, driver, uses }) => {
    const record = records.find(other => other.id === id);
    // What a condition leaves out has neither a row nor steps, once there are any.
    const unmade = steps.length === 0 || named.has(id) ? 'waiting' : 'absent';
    return {
      id,
      driver,
      uses,
      state: record?.state ?? unmade,
      resources: record ? knownResources(record).length : 0,
    };
  });
}
