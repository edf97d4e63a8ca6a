import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import {
  EnvironmentOutput,
  Problem,
} from '@greenroom/plugin-environments-common';
import { ActivityService } from '../../activity/service';
import { AuditStore } from '../../audit/store';
import { BlueprintService } from '../../blueprints/service';
import { addSeconds, Clock } from '../../clock';
import { isTransient } from '../../database';
import { EnvironmentChanges } from '../../environments/changes';
import { problemsOf } from '../../errors';
import { ScheduleService } from '../../schedules/service';
import { StateService } from '../../states/service';
import { TeardownChecks } from '../../teardown/check/service';
import { FinalState } from '../machine/decide';
import { DECLARING, declarationOf } from './declaration';
import {
  cancelledProblem,
  OperationNotFoundError,
  unexpectedOperationProblem,
} from '../errors';
import { transition } from '../machine/lifecycle';
import { OperationPromoter } from './promote';
import { OperationStore } from '../store/operations';
import { StepStore } from '../store/steps';
import { OperationRecord } from '../types';

export const OPERATIONS_ACTOR = 'system:operations';

export interface Outcome {
  state: FinalState;
  problem?: Problem;
  /** The environment's own, where they are known now. */
  outputs?: EnvironmentOutput[];
}

/** What the end of a destroy means for what is left, and for the next try. */
export interface Teardowns {
  succeeded(tx: Knex.Transaction, environmentId: string): Promise<void>;
  failed(
    tx: Knex.Transaction,
    failure: { environmentId: string; operationId: string; problem: Problem },
  ): Promise<void>;
  /** It was made whole again, and is to stay. */
  calledOff(tx: Knex.Transaction, environmentId: string): Promise<void>;
}

/**
 * The ends of operations, whoever brings them about: a worker, somebody who cancels, or time.
 * Each in one transaction with all that follows; it holds the environment's lock, and a worker's
 * is fenced. Ring for the operations it returns after the commit.
 */
export class OperationSettler {
  constructor(
    private readonly options: {
      environments: EnvironmentChanges;
      operations: OperationStore;
      steps: StepStore;
      promoter: OperationPromoter;
      blueprints: Pick<BlueprintService, 'getById'>;
      states: Pick<StateService, 'release'>;
      teardowns: Teardowns;
      checks: Pick<TeardownChecks, 'after'>;
      schedules: Pick<ScheduleService, 'changed'>;
      activity: Pick<ActivityService, 'changed'>;
      audit: AuditStore;
      clock: Clock;
      logger: LoggerService;
      /** How long a plan waits for somebody to confirm it. */
      confirmWithinSeconds: number;
    },
  ) {}

  /**
   * Ends an operation, and lets the next one of its environment begin.
   *
   * @returns ids of the operations to ring for
   */
  async settle(
    tx: Knex.Transaction,
    { id }: Pick<OperationRecord, 'id'>,
    outcome: Outcome,
  ): Promise<string[]> {
    const { environments, states, activity } = this.options;
    const operation = await this.#lock(tx, id);
    const { environmentId, kind } = operation;
    const { state, outputs } = outcome;
    const problem =
      outcome.problem ??
      (state === 'cancelled' ? cancelledProblem(operation) : undefined);
    await this.#end(tx, operation, state, problem);
    if (operation.state === 'pending') {
      // Another one has the environment.
      await environments.tell(tx, environmentId);
      return [];
    }
    await states.release(tx, operation);
    await this.options.checks.after(tx, operation, { state, problem });
    if (operation.dryRun) {
      await environments.tell(tx, environmentId);
    } else {
      if (state === 'succeeded') await this.#declare(tx, operation);
      if (outputs) await environments.setOutputs(tx, environmentId, outputs);
      const destroyed = kind === 'destroy' && state === 'succeeded';
      await environments.rest(tx, environmentId, { destroyed });
      await this.#teardown(tx, operation, state, problem);
      await activity.changed(tx, environmentId);
    }
    const next = await this.promoteNext(tx, environmentId);
    return next ? [next] : [];
  }

  /**
   * Nobody works on it before its plan is confirmed; when somebody wants it cancelled, it ends.
   *
   * @returns ids of the operations to ring for
   */
  async wait(
    tx: Knex.Transaction,
    { id }: Pick<OperationRecord, 'id'>,
    planHash: string,
  ): Promise<string[]> {
    const { environments, operations, audit, clock } = this.options;
    const operation = await this.#lock(tx, id);
    if (operation.cancel) {
      return this.settle(tx, operation, { state: 'cancelled' });
    }
    transition(operation.state, 'planned');
    const now = clock.now();
    const until = addSeconds(now, this.options.confirmWithinSeconds);
    await operations.wait(tx, id, { planHash, until });
    await audit.append(tx, {
      at: now,
      actor: OPERATIONS_ACTOR,
      action: `environment.${operation.kind}.planned`,
      environmentId: operation.environmentId,
      operationId: id,
      details: { planHash, until: until.toISOString() },
    });
    await environments.tell(tx, operation.environmentId);
    return [];
  }

  /**
   * Gives a free environment to the first operation that waits for it and can still begin; those
   * before that one are cancelled, with the reason.
   *
   * @returns the id of the operation to ring for
   */
  async promoteNext(
    tx: Knex.Transaction,
    environmentId: string,
  ): Promise<string | undefined> {
    const { operations, environments } = this.options;
    for (;;) {
      const next = await operations.nextPending(tx, environmentId);
      if (!next) return undefined;
      const problem = await this.#tryToPromote(tx, next);
      if (!problem) {
        if (next.dryRun) await environments.tell(tx, environmentId);
        return next.id;
      }
      await this.#end(tx, next, 'cancelled', problem);
    }
  }

  /** An operation that can't begin must not keep the one before it from ending. */
  async #tryToPromote(
    tx: Knex.Transaction,
    operation: OperationRecord,
  ): Promise<Problem | undefined> {
    const { promoter, environments, logger } = this.options;
    try {
      await tx.transaction(async savepoint => {
        const { environmentId } = operation;
        const environment = await environments.lock(savepoint, environmentId);
        await promoter.promote(savepoint, operation, environment);
      });
      return undefined;
    } catch (error) {
      if (isTransient(error)) throw error;
      const [problem] = problemsOf(error) ?? [];
      if (problem) return problem;
      logger.error(
        `Operation ${operation.id} can't begin`,
        isError(error) ? toError(error) : undefined,
      );
      return unexpectedOperationProblem(operation.id);
    }
  }

  async #end(
    tx: Knex.Transaction,
    operation: OperationRecord,
    state: FinalState,
    problem: Problem | undefined,
  ): Promise<void> {
    const { operations, steps, audit, clock } = this.options;
    const { id, environmentId, kind, dryRun } = operation;
    transition(operation.state, state);
    const at = clock.now();
    // Where no worker had it, nobody has looked at its steps yet.
    if (state === 'cancelled') await steps.skipWaiting(tx, id, at);
    await operations.finish(tx, id, { state, problem, at });
    await audit.append(tx, {
      at,
      actor: OPERATIONS_ACTOR,
      action: `environment.${kind}.${state}`,
      environmentId,
      operationId: id,
      details: {
        ...(problem && { problem: problem.code }),
        ...(dryRun && { dryRun }),
      },
    });
  }

  /** What it has brought about is what is declared, even where nothing had to be changed for it. */
  async #declare(
    tx: Knex.Transaction,
    operation: OperationRecord,
  ): Promise<void> {
    const { environments, blueprints, schedules } = this.options;
    const { environmentId, kind, blueprintVersionId, inputs } = operation;
    if (!DECLARING.has(kind)) return;
    const environment = await environments.get(tx, environmentId);
    const blueprint = await blueprints.getById(blueprintVersionId, tx);
    const declaration = declarationOf(environment, blueprint, inputs);
    await environments.declare(tx, environmentId, declaration);
    await schedules.changed(tx, environmentId);
  }

  async #teardown(
    tx: Knex.Transaction,
    { id, environmentId, kind, cause }: OperationRecord,
    state: FinalState,
    problem: Problem | undefined,
  ): Promise<void> {
    const { teardowns } = this.options;
    if (kind !== 'destroy') {
      if (state === 'succeeded' && DECLARING.has(kind)) {
        await teardowns.calledOff(tx, environmentId);
      }
      return;
    }
    if (state === 'succeeded') {
      await teardowns.succeeded(tx, environmentId);
      return;
    }
    // Whoever asked for a teardown may also call it off; the end of a lease stays due.
    if (state === 'cancelled' && cause.code === 'request') return;
    await teardowns.failed(tx, {
      environmentId,
      operationId: id,
      problem: problem ?? unexpectedOperationProblem(id),
    });
  }

  async #lock(tx: Knex.Transaction, id: string): Promise<OperationRecord> {
    const operation = await this.options.operations.lock(tx, id);
    if (!operation) throw new OperationNotFoundError(id);
    return operation;
  }
}
