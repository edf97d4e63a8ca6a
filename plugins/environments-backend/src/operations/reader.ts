import { Knex } from 'knex';
import {
  Operation,
  OperationSummary,
  PlanSummary,
  Step,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../blueprints/service';
import { EnvironmentRecord } from '../environments/types';
import { OperationStore } from './store/operations';
import { StepStore } from './store/steps';
import { OperationRecord, StepRecord } from './types';

/** Operations in the words of the API. Whoever calls has checked that the caller may see them. */
export class OperationReader {
  constructor(
    private readonly options: {
      knex: Knex;
      operations: OperationStore;
      steps: StepStore;
      blueprints: Pick<BlueprintService, 'getById'>;
    },
  ) {}

  async read(
    record: OperationRecord,
    environment: EnvironmentRecord,
  ): Promise<Operation> {
    const { knex, steps, blueprints } = this.options;
    const all = await steps.ofOperations(knex, [record.id]);
    const stepRecords = all.get(record.id)!;
    const { name, title, version, entityRef } = await blueprints.getById(
      record.blueprintVersionId,
    );
    return {
      ...toSummary(record, stepRecords, environment),
      blueprint: { name, title, version, entityRef },
      inputs: record.inputs,
      steps: stepRecords.map(toStep),
    };
  }

  async readById(
    id: string,
    environment: EnvironmentRecord,
  ): Promise<Operation> {
    const { knex, operations } = this.options;
    const record = await operations.find(knex, id);
    if (!record) throw new Error(`There is no operation ${id}`);
    return this.read(record, environment);
  }

  /** Newest first. */
  async summaries(environment: EnvironmentRecord): Promise<OperationSummary[]> {
    const { knex, operations, steps } = this.options;
    const records = await operations.ofEnvironment(knex, environment.id);
    const all = await steps.ofOperations(
      knex,
      records.map(record => record.id),
    );
    return records.map(record =>
      toSummary(record, all.get(record.id)!, environment),
    );
  }
}

function toSummary(
  record: OperationRecord,
  steps: StepRecord[],
  environment: EnvironmentRecord,
): OperationSummary {
  return {
    id: record.id,
    environmentId: record.environmentId,
    environmentName: environment.name,
    number: record.number,
    kind: record.kind,
    state: record.state,
    requestedBy: record.requestedBy,
    requestedAt: record.requestedAt.toISOString(),
    startedAt: record.startedAt?.toISOString(),
    finishedAt: record.finishedAt?.toISOString(),
    cause: record.cause,
    plan: planSum(steps),
    problem: record.problem,
  };
}

function toStep(step: StepRecord): Step {
  return {
    id: step.id,
    component: step.component,
    action: step.action,
    state: step.state,
    // The API counts a step that waits for its first try as being at it.
    attempt: Math.max(1, step.attempt),
    startedAt: step.startedAt?.toISOString(),
    finishedAt: step.finishedAt?.toISOString(),
    plan: step.plan?.summary,
    after: step.after,
    problem: step.problem,
  };
}

/** Over all components that are planned so far; undefined before the first. */
function planSum(steps: StepRecord[]): PlanSummary | undefined {
  const plans = steps.flatMap(step => step.plan?.summary ?? []);
  if (plans.length === 0) return undefined;
  return plans.reduce((sum, plan) => ({
    add: sum.add + plan.add,
    change: sum.change + plan.change,
    remove: sum.remove + plan.remove,
  }));
}
