import { join } from 'node:path';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  BlueprintExpressionError,
  Problem,
} from '@greenroom/plugin-environments-common';
import {
  DriverContext,
  DriverError,
  DriverResource,
  EnvironmentDriver,
} from '@greenroom/plugin-environments-node';
import { Clock } from '../clock';
import { isTransient } from '../database';
import { EnvironmentChanges } from '../environments/changes';
import { OutputVault } from '../environments/outputs';
import { ComponentChange, ComponentRecord } from '../environments/types';
import { StateService } from '../states/service';
import { HeldClaim } from './claim';
import { DriverRegistry } from './drivers';
import { unexpectedStepProblem } from './errors';
import { LogWriter } from './logWriter';
import { Mask } from './mask';
import { OperationScope } from './scope';
import { GONE, StepResult, stillThere } from './stepResults';
import { StepStore } from './store/steps';
import { StepRecord } from './types';
import { WorkFolder } from './workFolder';

export interface StepRunnerOptions {
  held: HeldClaim;
  scope: OperationScope;
  folder: WorkFolder;
  log: LogWriter;
  mask: Mask;
  /** Where the state protocol is served. */
  statesUrl: string;
  drivers: DriverRegistry;
  environments: EnvironmentChanges;
  states: StateService;
  vault: OutputVault;
  steps: StepStore;
  clock: Clock;
  logger: LoggerService;
}

/**
 * Does one step of an operation: marks it begun, calls the driver, writes what came of it, each
 * write under the claim. A driver that fails is a result; a rejection means that the work under
 * this claim must end (claim lost, worker stopping, database gone) and says nothing about the step.
 */
export class StepRunner {
  readonly #access = new Map<string, Promise<DriverContext['state']>>();

  constructor(private readonly options: StepRunnerOptions) {}

  async run(step: StepRecord): Promise<StepResult['state']> {
    const { log } = this.options;
    await this.#begin(step);
    if (step.attempt > 0) {
      log.sink(step.id)({
        stream: 'greenroom',
        level: 'warning',
        text: `Attempt ${step.attempt + 1}: the worker before was stopped or lost; this ${step.action} begins anew.`,
      });
    }
    // Even while the worker stops: what has come to a result need not be done again.
    const result = await this.#result(step);
    if (result.problem) {
      log.sink(step.id)({
        stream: 'greenroom',
        level: 'error',
        text: result.problem.message,
      });
    }
    await log.flush();
    await this.#end(step, result);
    return result.state;
  }

  async #begin(step: StepRecord): Promise<void> {
    const { steps, clock } = this.options;
    const change: ComponentChange =
      step.action === 'apply'
        ? { state: 'working', applyBegun: true }
        : { state: 'working' };
    const attempt = step.attempt + 1;
    await this.#write(step, change, tx =>
      steps.start(tx, step.id, { attempt, at: clock.now() }),
    );
  }

  async #end(step: StepRecord, result: StepResult): Promise<void> {
    const { steps, clock } = this.options;
    const { state, plan, problem } = result;
    const change = { ...result.component };
    if (state === 'failed') change.state = 'failed';
    await this.#write(step, change, tx =>
      steps.end(tx, step.id, { state, plan, problem, at: clock.now() }),
    );
  }

  async #write(
    step: StepRecord,
    change: ComponentChange,
    use: (tx: Knex.Transaction) => Promise<void>,
  ): Promise<void> {
    const { held, environments } = this.options;
    await held.write(async tx => {
      await use(tx);
      if (Object.keys(change).length === 0) return;
      await environments.changeComponent(
        tx,
        held.claim.environmentId,
        step.component,
        change,
      );
    });
  }

  async #result(step: StepRecord): Promise<StepResult> {
    const { scope } = this.options;
    const component = await scope.component(step.component);
    if (nothingToRemove(step, component)) return this.#nothingMade(step);
    let context: DriverContext;
    try {
      context = await this.#context(step, component);
    } catch (error) {
      // The database is away, which says nothing about the step.
      if (isTransient(error)) throw error;
      return this.#failed(step, error);
    }
    try {
      const driver = this.options.drivers.get(component.driver);
      return await this.#call(step, driver, context);
    } catch (error) {
      return this.#failed(step, error);
    }
  }

  async #call(
    step: StepRecord,
    driver: EnvironmentDriver,
    context: DriverContext,
  ): Promise<StepResult> {
    switch (step.action) {
      case 'plan': {
        const { summary, changes, hash } = await driver.plan(context);
        return { state: 'succeeded', plan: { summary, changes, hash } };
      }
      case 'apply': {
        const { outputs, resources } = await driver.apply(context);
        return this.#applied(step, outputs, resources);
      }
      case 'destroy': {
        await driver.destroy(context);
        return { state: 'succeeded' };
      }
      case 'prove': {
        const { gone, left } = await driver.prove(context);
        return gone ? GONE : stillThere(step, left);
      }
      default:
        return assertNever(step.action);
    }
  }

  #applied(
    step: StepRecord,
    outputs: Awaited<ReturnType<EnvironmentDriver['apply']>>['outputs'],
    resources: DriverResource[],
  ): StepResult {
    const { vault, mask, held } = this.options;
    for (const output of Object.values(outputs)) {
      if (output.sensitive) mask.hide(output.value);
    }
    const { environmentId } = held.claim;
    return {
      state: 'succeeded',
      component: {
        state: 'ready',
        outputs: vault.seal(environmentId, step.component, outputs),
        resources,
      },
    };
  }

  #nothingMade(step: StepRecord): StepResult {
    this.options.log.sink(step.id)({
      stream: 'greenroom',
      level: 'info',
      text: `Nothing of ${step.component} was ever made: no apply of it was begun.`,
    });
    return step.action === 'prove' ? GONE : { state: 'succeeded' };
  }

  /** @throws BlueprintExpressionError */
  async #context(
    step: StepRecord,
    component: ComponentRecord,
  ): Promise<DriverContext> {
    const { held, scope, folder, log } = this.options;
    const { signal, claim } = held;
    const resolved = await scope.resolve(component.id);
    const root = await folder.ofComponent(component.id, signal);
    const { id, name, owner, type } = scope.environment;
    return {
      operationId: claim.operationId,
      environment: { id, name, owner, type },
      component: {
        id: component.id,
        with: resolved,
        folder: join(root, scope.source(component.id)),
      },
      state: await this.#stateAccess(component.id),
      log: log.sink(step.id),
      signal,
    };
  }

  /** One password per component and claim, made when first needed. */
  #stateAccess(component: string): Promise<DriverContext['state']> {
    const made = this.#access.get(component) ?? this.#issue(component);
    this.#access.set(component, made);
    return made;
  }

  async #issue(component: string): Promise<DriverContext['state']> {
    const { held, states, mask, statesUrl } = this.options;
    const { stateId, token } = await held.write(tx =>
      states.issueToken(tx, { ...held.claim, component }),
    );
    mask.hide(token);
    const address = `${statesUrl}/${stateId}`;
    return {
      address,
      lockAddress: `${address}/lock`,
      unlockAddress: `${address}/lock`,
      username: held.claim.operationId,
      password: token,
    };
  }

  /** @throws the reason of the claim's signal, when that is why the work ended */
  #failed(step: StepRecord, error: unknown): StepResult {
    this.options.held.signal.throwIfAborted();
    return { state: 'failed', problem: this.#problemOf(step, error) };
  }

  #problemOf(step: StepRecord, error: unknown): Problem {
    const { logger, held, mask } = this.options;
    const { operationId } = held.claim;
    if (
      error instanceof DriverError ||
      error instanceof BlueprintExpressionError
    ) {
      return maskProblem(mask, {
        component: step.component,
        ...error.problem,
      });
    }
    logger.error(
      `Operation ${operationId}: ${step.action} of ${step.component} failed`,
      toError(error),
    );
    return unexpectedStepProblem({ operationId, ...step });
  }
}

function nothingToRemove(step: StepRecord, component: ComponentRecord) {
  const removes = step.action === 'destroy' || step.action === 'prove';
  return removes && !component.applyBegun;
}

function maskProblem(mask: Mask, problem: Problem): Problem {
  return {
    ...problem,
    message: mask.apply(problem.message),
    ...(problem.detail && { detail: mask.apply(problem.detail) }),
  };
}

function assertNever(action: never): never {
  throw new Error(`Unknown step action ${JSON.stringify(action)}`);
}
