import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  BlueprintExpressionError,
  Problem,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../../blueprints/service';
import { Clock } from '../../clock';
import { isTransient } from '../../database';
import { EnvironmentChanges } from '../../environments/changes';
import { InputVault } from '../../environments/inputVault';
import { OutputVault } from '../../environments/outputs';
import { EnvironmentReads } from '../../environments/reads';
import { EnvironmentRecord } from '../../environments/types';
import { StateService } from '../../states/service';
import { HeldClaim } from '../worker/claim';
import { FinalState, stepsToRepeat } from '../machine/decide';
import { DriverRegistry } from './drivers';
import {
  ClaimLostError,
  OperationCancelledError,
  unexpectedOperationProblem,
} from '../errors';
import { failureOf } from './failureWords';
import { GivenVault } from './givenVault';
import { LogWriter } from '../logs/logWriter';
import { Mask } from './mask';
import { operationPlanHash } from '../steps/planHash';
import { ResourceReports } from '../steps/reports';
import { runSteps } from './runSteps';
import { GIVES_OUTPUTS } from '../submission/declaration';
import { OperationScope } from './scope';
import { OperationSettler, Outcome } from '../submission/settle';
import { StepContexts } from '../steps/stepContext';
import { stepCancelled } from '../steps/stepProblems';
import { StepRunner } from '../steps/stepRunner';
import { LogStore } from '../store/logs';
import { OperationStore } from '../store/operations';
import { ReadStore } from '../store/reads';
import { StepStore } from '../store/steps';
import { OperationRecord, StepRecord } from '../types';
import { WorkFolder } from './workFolder';

export interface RunOptions {
  knex: Knex;
  workDirectory: string;
  statesUrl: string;
  operations: OperationStore;
  steps: StepStore;
  logs: LogStore;
  environments: EnvironmentChanges;
  states: StateService;
  reads: EnvironmentReads;
  readStore: ReadStore;
  blueprints: Pick<
    BlueprintService,
    'getById' | 'materialise' | 'sourceDigest'
  >;
  drivers: DriverRegistry;
  vault: OutputVault;
  inputVault: InputVault;
  givenVault: GivenVault;
  settler: OperationSettler;
  /** After the commit that ended an operation or lets it wait, with the ids to ring for. */
  onSettled: (operationIds: string[]) => Promise<void>;
  clock: Clock;
  logger: LoggerService;
}

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
    const steps = await this.#resume(operation);

    const mask = new Mask();
    const log = new LogWriter({ ...options, held, mask, store: options.logs });
    const reports = new ResourceReports({ ...options, held });
    const scope = new OperationScope({
      ...options,
      operation,
      environment,
      blueprint,
      mask,
    });
    const folder = new WorkFolder({ ...options, environmentId });
    const shared = { ...options, held, scope, folder, log, mask, reports };
    const contexts = new StepContexts(shared);
    const stepStore = options.steps;
    const tools = { ...shared, operation, steps, contexts, stepStore };
    const runner = new StepRunner({ ...options, tools, log });
    try {
      const outcome = await runSteps({
        operation,
        steps,
        held,
        start: step => runner.run(step),
        skip: skipped => this.#skip(skipped),
      });
      if (outcome === 'waiting') {
        await this.#wait(operation, steps);
        return;
      }
      // Before the end is on record, since with it the next operation may begin there.
      if (outcome === 'succeeded') await this.#tidy(folder, environment, steps);
      await this.#settle(operation, steps, outcome, scope);
    } finally {
      await Promise.all([log.flush(), reports.flush()]);
    }
  }

  /** The steps as they stand, with those that a lost worker left half done set to be repeated. */
  async #resume(operation: OperationRecord): Promise<StepRecord[]> {
    const { held, options } = this;
    return held.write(async tx => {
      const steps = await options.steps.ofOperation(tx, operation.id);
      const repeated = stepsToRepeat(steps).map(({ id }) => id);
      if (operation.cancel) await this.#giveUp(tx, steps);
      else if (repeated.length > 0) await options.steps.repeat(tx, repeated);
      else return steps;
      return options.steps.ofOperation(tx, operation.id);
    });
  }

  /** Cancelled while its worker was lost: nothing is begun anew, so what was under way ends here. */
  async #giveUp(tx: Knex.Transaction, steps: StepRecord[]): Promise<void> {
    const { options } = this;
    const at = options.clock.now();
    for (const step of steps) {
      if (step.state !== 'running') continue;
      const problem = stepCancelled(step);
      await options.steps.end(tx, step.id, { state: 'cancelled', problem, at });
    }
  }

  async #skip(skipped: StepRecord[]): Promise<void> {
    const { held, options } = this;
    const at = options.clock.now();
    await held.write(async tx => {
      for (const step of skipped) {
        await options.steps.end(tx, step.id, { state: 'skipped', at });
      }
    });
    for (const step of skipped) step.state = 'skipped';
  }

  async #wait(operation: OperationRecord, steps: StepRecord[]): Promise<void> {
    const { held, options } = this;
    const planHash = operationPlanHash(steps);
    const toRing = await held.write(tx =>
      options.settler.wait(tx, operation, planHash),
    );
    await options.onSettled(toRing);
  }

  /**
   * What an operation that failed has left on this machine, the next one may need; so a dry run,
   * which makes nothing good, clears nothing away. A folder that stays is a nuisance, no failure.
   */
  async #tidy(
    folder: WorkFolder,
    environment: EnvironmentRecord,
    steps: StepRecord[],
  ): Promise<void> {
    const isDryRun = steps.every(({ action }) => action === 'plan');
    if (isDryRun && !environment.trial) return;
    try {
      await folder.remove();
    } catch (error) {
      this.options.logger.warn('A work folder stays behind', toError(error));
    }
  }

  async #settle(
    operation: OperationRecord,
    steps: StepRecord[],
    state: FinalState,
    scope: OperationScope,
  ): Promise<void> {
    const { held, options } = this;
    const outcome = await outcomeOf(operation, steps, state, scope);
    const toRing = await held.write(async tx => {
      await leaveNothingWorking(tx, options, operation);
      return options.settler.settle(tx, operation, outcome);
    });
    await options.onSettled(toRing);
  }
}

async function outcomeOf(
  { kind, dryRun }: OperationRecord,
  steps: StepRecord[],
  state: FinalState,
  scope: OperationScope,
): Promise<Outcome> {
  if (state !== 'succeeded') return { state, problem: failureOf(kind, steps) };
  if (dryRun || !GIVES_OUTPUTS.has(kind)) return { state };
  try {
    return { state, outputs: await scope.outputs() };
  } catch (error) {
    // All components are made; what the blueprint promises of them may still have no value.
    if (!(error instanceof BlueprintExpressionError)) throw error;
    return { state: 'failed', problem: scope.masked(error.problem) };
  }
}

/** What was interrupted in the midst is not worked on any more, and nobody knows how far it came. */
async function leaveNothingWorking(
  tx: Knex.Transaction,
  { environments }: RunOptions,
  { environmentId, dryRun }: OperationRecord,
): Promise<void> {
  if (dryRun) return;
  for (const { id, state } of await environments.components(
    tx,
    environmentId,
  )) {
    if (state !== 'working') continue;
    await environments.changeComponent(tx, environmentId, id, {
      state: 'failed',
    });
  }
}

/** Ends an operation for a reason outside of its steps: what was under way failed, what waited is skipped. */
export async function failOperation(
  held: HeldClaim,
  options: RunOptions,
  problem: Problem,
): Promise<void> {
  const { operationId } = held.claim;
  const at = options.clock.now();
  const toRing = await held.write(async tx => {
    const operation = await options.operations.find(tx, operationId);
    if (!operation) throw new ClaimLostError(held.claim);
    for (const step of await options.steps.ofOperation(tx, operationId)) {
      if (step.state !== 'running') continue;
      await options.steps.end(tx, step.id, { state: 'failed', problem, at });
    }
    await options.steps.skipWaiting(tx, operationId, at);
    await leaveNothingWorking(tx, options, operation);
    return options.settler.settle(tx, operation, { state: 'failed', problem });
  });
  await options.onSettled(toRing);
}

/**
 * Carries one claimed operation from wherever the record says it stands to its end, or to where
 * somebody has to confirm its plan.
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
    if (error instanceof ClaimLostError || isTransient(error)) throw error;
    const { reason } = held.signal;
    if (reason && !(reason instanceof OperationCancelledError)) throw reason;
    options.logger.error(
      `Operation ${held.claim.operationId} failed`,
      toError(error),
    );
    const { operationId } = held.claim;
    await failOperation(held, options, unexpectedOperationProblem(operationId));
  }
}
