import { Knex } from 'knex';
import { isError } from '@backstage/errors';
import { AuditStore } from '../../../audit/store';
import { EnvironmentChanges } from '../../../environments/changes';
import { EnvironmentStore } from '../../../environments/store';
import { Outbox } from '../../../events/outbox';
import { ProblemError } from '../../../errors';
import { randomIds } from '../../../ids';
import { MIRA, TestEngine } from '../../../testing/engine';
import { decide, stepsToRepeat } from '../decide';
import { ClaimLostError } from '../../errors';
import { operationPlanHash } from '../../steps/planHash';
import { OperationPromoter } from '../../submission/promote';
import { OperationSettler } from '../../submission/settle';
import { ClaimStore } from '../../store/claims';
import { OperationStore } from '../../store/operations';
import { ReadStore } from '../../store/reads';
import { StepStore } from '../../store/steps';
import { Claim, OperationRecord, StepRecord } from '../../types';
import { StepEnding, Submission } from './machine';
import { PostgresSteps } from './postgresSteps';
import { World } from './world';

/**
 * One environment in PostgreSQL, moved by the engine's own transactions: requests, moves, claims,
 * fenced writes, promotion and settlement are real. Only the worker's loop is taken apart, so that
 * a test can let it stop, die and go on between any two writes.
 */
export class PostgresMachine {
  readonly #operations = new OperationStore();
  readonly #steps = new StepStore();
  readonly #claims: ClaimStore;
  readonly #work: PostgresSteps;
  readonly #settler: OperationSettler;
  readonly #held = new Map<string, Claim>();
  /** Claims that ran out or were taken away: whoever had them may wake up at any time. */
  readonly #lost: Claim[] = [];

  /** @param versions ids by version */
  constructor(
    private readonly engine: TestEngine,
    readonly environmentId: string,
    private readonly versions: string[],
  ) {
    const { knex, clock } = engine;
    const parts = {
      ...engine,
      operations: this.#operations,
      steps: this.#steps,
      blueprints: engine.blueprints.service,
      states: engine.rooms.states,
      reads: engine.rooms.reads,
      leases: { requireUnprotected: async () => {} },
      readStore: new ReadStore(),
      ids: randomIds,
    };
    this.#claims = new ClaimStore(knex);
    const environments = new EnvironmentChanges({
      store: new EnvironmentStore(),
      outbox: new Outbox({ clock }),
      clock,
    });
    this.#work = new PostgresSteps(
      engine,
      environmentId,
      environments,
      this.#steps,
    );
    this.#settler = new OperationSettler({
      ...parts,
      environments,
      promoter: new OperationPromoter({ ...parts, environments }),
      schedules: { changed: async () => {} },
      activity: { changed: async () => {} },
      checks: { after: async () => {} },
      teardowns: {
        succeeded: async () => {},
        failed: async () => {},
        calledOff: async () => {},
      },
      audit: new AuditStore(),
      confirmWithinSeconds: 60,
    });
  }

  get world(): World {
    return this.#work.world;
  }

  async unfinished(): Promise<OperationRecord[]> {
    return this.#operations.unfinished(this.engine.knex, this.environmentId);
  }

  async stepsOf(operation: OperationRecord): Promise<StepRecord[]> {
    return this.#steps.ofOperation(this.engine.knex, operation.id);
  }

  async submit(submission: Submission): Promise<void> {
    const { kind, version, dryRun, confirm, queue } = submission;
    if (kind === 'create') return;
    await unlessRefused(() =>
      this.engine.submit(this.environmentId, {
        kind,
        ...(kind === 'upgrade' && { version: this.versions[version] }),
        ...(kind === 'update' && { inputs: { extra: version > 0 } }),
        dryRun,
        confirm,
        whenBusy: queue ? 'queue' : 'refuse',
      }),
    );
  }

  async retry({ id }: OperationRecord): Promise<void> {
    const { operationMoves } = this.engine.rooms;
    await unlessRefused(() => operationMoves.retry(id, {}, MIRA));
  }

  async cancel({ id }: OperationRecord): Promise<void> {
    const { operationMoves } = this.engine.rooms;
    await unlessRefused(() => operationMoves.cancel(id, {}, MIRA));
  }

  async takeOver({ id }: OperationRecord): Promise<void> {
    const { operationMoves } = this.engine.rooms;
    const reason = 'It does not answer';
    await unlessRefused(() => operationMoves.takeOver(id, { reason }, MIRA));
    this.#lose(id);
  }

  async confirm(operation: OperationRecord): Promise<void> {
    const { operationMoves } = this.engine.rooms;
    const planHash = operationPlanHash(await this.stepsOf(operation));
    await unlessRefused(() =>
      operationMoves.confirm(operation.id, { planHash }, MIRA),
    );
  }

  async expireConfirmations(): Promise<void> {
    await this.engine.rooms.confirmations.tick(this.engine.clock.advance(7200));
  }

  async claim({ id }: OperationRecord): Promise<void> {
    const claim = await this.#claims.take({
      operationId: id,
      worker: 'test',
      ttlMs: 3_600_000,
      now: this.engine.clock.now(),
    });
    if (!claim) return;
    this.#held.set(id, claim);
    await this.#claims.write(claim, async tx => {
      const operation = (await this.#operations.find(tx, id))!;
      const steps = await this.#steps.ofOperation(tx, id);
      if (!operation.cancel) {
        const repeated = stepsToRepeat(steps);
        await this.#steps.repeat(
          tx,
          repeated.map(step => step.id),
        );
        return;
      }
      for (const step of steps) {
        if (step.state === 'running')
          await this.#work.end(tx, step, 'cancelled');
      }
    });
  }

  /** The worker dies: its claim runs out, and what was under way ends somewhere. */
  async crash(operation: OperationRecord, { extent }: StepEnding) {
    if (!this.#held.has(operation.id)) return;
    for (const step of await this.stepsOf(operation)) {
      if (step.state === 'running')
        await this.#work.happen(operation, step, extent);
    }
    await this.engine
      .knex('operations')
      .where({ id: operation.id })
      .whereNotNull('claim_until')
      .update({ claim_until: '2000-01-01' });
    this.#lose(operation.id);
  }

  /**
   * Workers that were stopped wake up, and believe in their claims. One that ran out while nobody
   * else has taken the operation is good still.
   */
  async wakeUpLate(): Promise<void> {
    for (const claim of this.#lost) {
      const isNewest = await this.engine
        .knex('operations')
        .where({ id: claim.operationId, claim_fence: claim.fence })
        .where({ state: 'running' })
        .first('id');
      if (isNewest) continue;
      const woken = this.#claims.write(claim, async () => {
        throw new Error(`A lost claim on ${claim.operationId} may write`);
      });
      const refused = await woken.catch(error => error);
      if (!(refused instanceof ClaimLostError)) throw refused;
      if (await this.#claims.renew(claim, 1000)) {
        throw new Error(`A lost claim on ${claim.operationId} is renewed`);
      }
    }
  }

  async turn(found: OperationRecord): Promise<void> {
    await this.#write(found, async (tx, operation) => {
      const steps = await this.#steps.ofOperation(tx, operation.id);
      const decision = decide({
        steps: steps.map(step => ({
          ...step,
          plan: step.plan && {
            hasChanges: step.plan.hasChanges,
            confirmed: step.confirmedHash === step.plan.hash,
          },
        })),
        confirm: operation.confirmation !== undefined,
        cancelRequested: operation.cancel !== undefined,
      });
      const chosen = 'steps' in decision ? decision.steps : [];
      const records = steps.filter(step =>
        chosen.some(({ id }) => id === step.id),
      );
      switch (decision.move) {
        case 'skip':
          for (const step of records) await this.#work.end(tx, step, 'skipped');
          break;
        case 'start':
          for (const step of records)
            await this.#work.start(tx, operation, step);
          break;
        case 'wait-for-confirmation':
          await this.#settler.wait(tx, operation, operationPlanHash(steps));
          break;
        default:
          await this.#work.leaveNothingWorking(tx, operation);
          await this.#settler.settle(tx, operation, { state: decision.state });
      }
    });
  }

  async finish(
    found: OperationRecord,
    step: StepRecord,
    ending: StepEnding,
  ): Promise<void> {
    await this.#write(found, async (tx, operation) => {
      await this.#work.finish(tx, operation, step, ending);
    });
  }

  async #write(
    { id }: OperationRecord,
    use: (tx: Knex.Transaction, operation: OperationRecord) => Promise<void>,
  ): Promise<void> {
    const claim = this.#held.get(id);
    if (!claim) return;
    try {
      await this.#claims.write(claim, async tx =>
        use(tx, (await this.#operations.find(tx, id))!),
      );
    } catch (error) {
      if (!(error instanceof ClaimLostError)) throw error;
      this.#lose(id);
    }
  }

  #lose(operationId: string): void {
    const claim = this.#held.get(operationId);
    if (!claim) return;
    this.#held.delete(operationId);
    this.#lost.push(claim);
  }
}

/** What is refused has changed nothing, which the invariants then show. */
async function unlessRefused(move: () => Promise<unknown>): Promise<void> {
  try {
    await move();
  } catch (error) {
    if (!isError(error) || !(error instanceof ProblemError)) throw error;
  }
}
