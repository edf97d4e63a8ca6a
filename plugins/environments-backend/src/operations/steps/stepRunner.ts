import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  BlueprintExpressionError,
  Problem,
} from '@greenroom/plugin-environments-common';
import { DriverError } from '@greenroom/plugin-environments-node';
import { Clock } from '../../clock';
import { isTransient } from '../../database';
import { ComponentChange } from '../../environments/types';
import { prepareApply } from './applyStep';
import { DECLARING } from '../submission/declaration';
import { DriverCallError } from './driverCalls';
import {
  ClaimLostError,
  OperationCancelledError,
  unexpectedStepProblem,
} from '../errors';
import { LogWriter } from '../logs/logWriter';
import { preparePlan } from './planStep';
import { prepareDestroy, prepareProve } from './removeSteps';
import { maskedProblem, stepCancelled } from './stepProblems';
import { PreparedStep, StepResult, StepWork } from './stepResults';
import { StepTools } from './stepTools';
import { StepRecord } from '../types';

export interface StepRunnerOptions {
  tools: StepTools;
  log: LogWriter;
  clock: Clock;
  logger: LoggerService;
}

/**
 * Does one step of an operation: marks it begun, calls the driver, writes what came of it, each
 * write under the claim. A driver that fails is a result; a rejection means that the work under
 * this claim must end (claim lost, worker stopping, database gone) and says nothing about the step.
 */
export class StepRunner {
  constructor(private readonly options: StepRunnerOptions) {}

  /** Resolves once the result is on record; `step` then is as the record has it. */
  async run(step: StepRecord): Promise<void> {
    const { tools } = this.options;
    const prepared = await this.#attempt(step, () => prepare(step, tools));
    if ('result' in prepared) return this.#conclude(step, prepared.result);

    await this.#begin(step, prepared);
    // Even while the worker stops: what has come to a result need not be done again.
    const { result } = await this.#attempt(step, async () => ({
      result: await prepared.work(),
    }));
    return this.#conclude(step, result, prepared);
  }

  async #begin(step: StepRecord, work: StepWork): Promise<void> {
    const { clock, log, tools } = this.options;
    const attempt = step.attempt + 1;
    await this.#write(step, work, tx =>
      tools.stepStore.start(tx, step.id, { attempt, at: clock.now() }),
    );
    step.attempt = attempt;
    if (attempt === 1) return;
    log.sink(step.id)({
      stream: 'greenroom',
      level: 'warning',
      text: `Attempt ${attempt}: the worker before was stopped or lost; this ${step.action} begins anew.`,
    });
  }

  async #conclude(
    step: StepRecord,
    result: StepResult,
    begun?: StepWork,
  ): Promise<void> {
    const { clock, log, tools } = this.options;
    const { state, plan, confirmedHash, problem, note } = result;
    const text = problem?.message ?? note;
    if (text) {
      const level = problem ? 'error' : 'info';
      log.sink(step.id)({ stream: 'greenroom', level, text });
    }
    await Promise.all([log.flush(step.id), tools.reports.flush()]);
    const component = this.#componentAfter(step, result, begun);
    await this.#write(step, { begins: component }, tx =>
      tools.stepStore.end(tx, step.id, {
        state,
        plan,
        confirmedHash,
        problem,
        at: clock.now(),
      }),
    );
    step.plan = plan ?? step.plan;
    step.confirmedHash = confirmedHash ?? step.confirmedHash;
    step.problem = problem;
    step.state = state;
  }

  #componentAfter(
    step: StepRecord,
    { state, component }: StepResult,
    begun?: StepWork,
  ): ComponentChange {
    const failed = state === 'failed' || state === 'cancelled';
    return {
      ...(begun?.begins?.reported && {
        reported: this.options.tools.reports.of(step.component),
      }),
      ...component,
      ...(failed && begun?.fails),
    };
  }

  async #write(
    step: StepRecord,
    { begins = {}, declares }: Pick<StepWork, 'begins' | 'declares'>,
    use: (tx: Knex.Transaction) => Promise<void>,
  ): Promise<void> {
    const { held, environments, operation, scope } = this.options.tools;
    const { environmentId } = held.claim;
    await held.write(async tx => {
      await use(tx);
      if (operation.dryRun) return;
      if (declares && DECLARING.has(operation.kind)) {
        await environments.declare(tx, environmentId, scope.declaration());
      }
      if (Object.keys(begins).length === 0) return;
      await environments.changeComponent(
        tx,
        environmentId,
        step.component,
        begins,
      );
    });
  }

  /** Does something of a step; what goes wrong with the step itself is its result. */
  async #attempt<T extends PreparedStep>(
    step: StepRecord,
    use: () => Promise<T>,
  ): Promise<T | { result: StepResult }> {
    try {
      return await use();
    } catch (error) {
      return { result: this.#failed(step, error) };
    }
  }

  /** @throws what says nothing about the step: why the work ended, or that the database is away */
  #failed(step: StepRecord, error: unknown): StepResult {
    const { held, mask } = this.options.tools;
    if (error instanceof ClaimLostError || isTransient(error)) throw error;
    const thrown = error instanceof DriverCallError ? error.thrown : error;
    if (held.signal.reason instanceof OperationCancelledError) {
      const said = thrown instanceof DriverError ? thrown.message : undefined;
      const problem = stepCancelled(step, said && mask.apply(said));
      return { state: 'cancelled', problem };
    }
    held.signal.throwIfAborted();
    return { state: 'failed', problem: this.#problemOf(step, thrown) };
  }

  #problemOf(step: StepRecord, error: unknown): Problem {
    const { logger, tools } = this.options;
    const { operationId } = tools.held.claim;
    if (
      error instanceof DriverError ||
      error instanceof BlueprintExpressionError
    ) {
      return maskedProblem(tools.mask, {
        component: step.component,
        ...error.problem,
      });
    }
    const said =
      error instanceof Error ? (error.stack ?? error.message) : error;
    logger.error(
      `Operation ${operationId}: ${step.action} of ${step.component} failed: ${tools.mask.apply(String(said))}`,
    );
    return unexpectedStepProblem({ operationId, ...step });
  }
}

async function prepare(
  step: StepRecord,
  tools: StepTools,
): Promise<PreparedStep> {
  switch (step.action) {
    case 'plan':
      return preparePlan(step, tools);
    case 'apply':
      return prepareApply(step, tools);
    case 'destroy':
      return prepareDestroy(step, tools);
    case 'prove':
      return prepareProve(step, tools);
    default:
      return assertNever(step.action);
  }
}

function assertNever(action: never): never {
  throw new Error(`Unknown step action ${JSON.stringify(action)}`);
}
