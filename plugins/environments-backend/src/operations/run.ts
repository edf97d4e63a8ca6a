import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  BlueprintExpressionError,
  EnvironmentOutput,
  Problem,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { BlueprintService } from '../blueprints/service';
import { Clock } from '../clock';
import { isTransient } from '../database';
import { EnvironmentChanges } from '../environments/changes';
import { OutputVault } from '../environments/outputs';
import { LeaseService } from '../leases/service';
import { StateService } from '../states/service';
import { HeldClaim } from './claim';
import { DriverRegistry } from './drivers';
import { ClaimLostError, unexpectedOperationProblem } from './errors';
import { LogWriter } from './logWriter';
import { Mask } from './mask';
import { OperationScope } from './scope';
import { StepRunner } from './stepRunner';
import {
  outcomeOf,
  readySteps,
  stepsToRepeat,
  unreachableSteps,
} from './steps';
import { LogStore } from './store/logs';
import { OperationStore } from './store/operations';
import { StepStore } from './store/steps';
import { OperationRecord, StepRecord } from './types';
import { WorkFolder } from './workFolder';

export interface RunOptions {
  knex: Knex;
  workDirectory: string;
  statesUrl: string;
  operations: OperationStore;
  steps: StepStore;
  logs: LogStore;
  environments: EnvironmentChanges;
  leases: LeaseService;
  states: StateService;
  blueprints: Pick<BlueprintService, 'getById' | 'materialise'>;
  drivers: DriverRegistry;
  vault: OutputVault;
  audit: AuditStore;
  /** After the commit that ended an operation. */
  onSettled: () => void;
  clock: Clock;
  logger: LoggerService;
}

/** Components at work at once within one operation; more would starve the other operations. */
const PARALLEL_STEPS = 4;

class OperationRun {
  constructor(
    private readonly held: HeldClaim,
    private readonly options: RunOptions,
  ) {}

  async run(): Promise<void> {
    const { held, options } = this;
    const { operationId, environmentId } = held.claim;
    const operation = await options.operations.find(options.knex, operationId);
    if (!operation) throw new Error(`There is no operation ${operationId}`);
    const environment = await options.environments.get(
      options.knex,
      environmentId,
    );
    const blueprint = await options.blueprints.getById(
      operation.blueprintVersionId,
    );

    const mask = new Mask();
    const log = new LogWriter({ ...options, held, mask, store: options.logs });
    const scope = new OperationScope({
      ...options,
      environment,
      blueprint,
      mask,
    });
    const { snapshotDigest } = blueprint;
    const folder = new WorkFolder({
      ...options,
      environmentId,
      snapshotDigest,
    });
    try {
      const runner = new StepRunner({
        ...options,
        held,
        scope,
        folder,
        log,
        mask,
      });
      const steps = await this.#resume();
      await this.#runSteps(steps, runner);
      // Before the end is on record, since with it the next operation may begin there.
      if (outcomeOf(steps) === 'succeeded') await this.#remove(folder);
      await this.#settle(operation, steps, scope);
    } finally {
      await log.flush();
    }
  }

  /** The steps as they stand, with those that a lost worker left half done set to be repeated. */
  async #resume(): Promise<StepRecord[]> {
    const { held, options } = this;
    return held.write(async tx => {
      const load = async () => {
        const { operationId } = held.claim;
        const all = await options.steps.ofOperations(tx, [operationId]);
        return all.get(operationId)!;
      };
      const repeat = stepsToRepeat(await load());
      await options.steps.repeat(
        tx,
        repeat.map(step => step.id),
      );
      return load();
    });
  }

  /** Runs whatever can run, in parallel, until nothing is left. Keeps `steps` as the record has it. */
  async #runSteps(steps: StepRecord[], runner: StepRunner): Promise<void> {
    const { held } = this;
    const running = new Map<string, Promise<void>>();
    try {
      for (;;) {
        held.signal.throwIfAborted();
        const unreachable = unreachableSteps(steps);
        if (unreachable.length > 0) {
          await this.#skip(unreachable);
          // Meanwhile others may have ended: look at them all again.
          continue;
        }
        const free = PARALLEL_STEPS - running.size;
        for (const step of readySteps(steps).slice(0, free)) {
          step.state = 'running';
          const done = runner.run(step).then(state => {
            step.state = state;
            running.delete(step.id);
          });
          // Seen by the race or at the end; until then it must not count as unhandled.
          done.catch(() => {});
          running.set(step.id, done);
        }
        if (running.size === 0) return;
        await Promise.race(running.values());
      }
    } finally {
      // Drivers settle only once their tools have ended: no process outlives the claim's work.
      await Promise.allSettled(running.values());
    }
  }

  /** A folder that stays is a nuisance, not a failure. */
  async #remove(folder: WorkFolder): Promise<void> {
    try {
      await folder.remove();
    } catch (error) {
      this.options.logger.warn('A work folder stays behind', toError(error));
    }
  }

  async #skip(unreachable: StepRecord[]): Promise<void> {
    const { held, options } = this;
    const at = options.clock.now();
    await held.write(async tx => {
      for (const step of unreachable) {
        await options.steps.end(tx, step.id, { state: 'skipped', at });
      }
    });
    for (const step of unreachable) step.state = 'skipped';
  }

  async #settle(
    operation: OperationRecord,
    steps: StepRecord[],
    scope: OperationScope,
  ): Promise<void> {
    const { held, options } = this;
    const state = outcomeOf(steps);
    if (!state) throw new Error('Steps are left that nothing can start');
    const outcome: Outcome =
      operation.kind === 'create' && state === 'succeeded'
        ? await outcomeOfOutputs(scope)
        : { state };
    await held.write(async tx => {
      const recorded = await options.steps.ofOperations(tx, [operation.id]);
      const failed = recorded.get(operation.id)!.find(step => step.problem);
      await settle(tx, options, operation, {
        problem: failed?.problem,
        ...outcome,
      });
    });
    options.onSettled();
  }
}

/** All components are made; what the blueprint promises of them may still have no value. */
async function outcomeOfOutputs(scope: OperationScope): Promise<Outcome> {
  try {
    return { state: 'succeeded', outputs: await scope.outputs() };
  } catch (error) {
    if (!(error instanceof BlueprintExpressionError)) throw error;
    return { state: 'failed', problem: error.problem };
  }
}

interface Outcome {
  state: 'succeeded' | 'failed';
  problem?: Problem;
  /** Of the environment, where a create has succeeded. */
  outputs?: EnvironmentOutput[];
}

/** The end of an operation and all that follows from it, in one fenced transaction. */
async function settle(
  tx: Knex.Transaction,
  options: RunOptions,
  operation: OperationRecord,
  outcome: Outcome,
): Promise<void> {
  const { operations, environments, leases, states, audit, clock } = options;
  const { id, environmentId, kind } = operation;
  const { state, problem, outputs } = outcome;
  const at = clock.now();
  await environments.move(tx, environmentId, `${kind}.${state}`);
  if (outputs) await environments.setOutputs(tx, environmentId, outputs);
  await operations.finish(tx, id, { state, problem, at });
  await states.revokeTokens(tx, id);
  if (kind === 'destroy') {
    if (state === 'succeeded') await leases.end(tx, environmentId);
    else await leases.teardownFailed(tx, environmentId);
  }
  await audit.append(tx, {
    at,
    actor: 'system:operations',
    action: `environment.${kind}.${state}`,
    environmentId,
    operationId: id,
    details: problem ? { problem: problem.code } : {},
  });
}

/** Something outside of the steps broke: what was under way failed, what waited is skipped. */
async function failUnexpectedly(
  held: HeldClaim,
  options: RunOptions,
): Promise<void> {
  const { operationId } = held.claim;
  const problem = unexpectedOperationProblem(operationId);
  const at = options.clock.now();
  await held.write(async tx => {
    const operation = await options.operations.find(tx, operationId);
    if (!operation) throw new ClaimLostError(held.claim);
    const steps = await options.steps.ofOperations(tx, [operationId]);
    for (const step of steps.get(operationId)!) {
      if (step.state === 'running') {
        await options.steps.end(tx, step.id, { state: 'failed', problem, at });
        const { environmentId } = held.claim;
        await options.environments.changeComponent(
          tx,
          environmentId,
          step.component,
          { state: 'failed' },
        );
      } else if (step.state === 'waiting') {
        await options.steps.end(tx, step.id, { state: 'skipped', at });
      }
    }
    await settle(tx, options, operation, { state: 'failed', problem });
  });
  options.onSettled();
}

/**
 * Carries one claimed operation from wherever the record says it stands to its end.
 *
 * Rejects when the work must stop before that: with the claim's abort reason, or because the
 * database is away. Then the record is left as it is, and the next claim goes on from it.
 */
export async function runOperation(
  held: HeldClaim,
  options: RunOptions,
): Promise<void> {
  try {
    await new OperationRun(held, options).run();
  } catch (error) {
    held.signal.throwIfAborted();
    if (error instanceof ClaimLostError || isTransient(error)) throw error;
    options.logger.error(
      `Operation ${held.claim.operationId} failed`,
      toError(error),
    );
    await failUnexpectedly(held, options);
  }
}
