import { Problem } from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';
import { StepPlanRecord, StepRecord } from '../types';

interface StepRow {
  id: string;
  operation_id: string;
  position: number;
  component: string;
  action: StepRecord['action'];
  purpose: StepRecord['purpose'] | null;
  state: StepRecord['state'];
  attempt: number;
  after: string[];
  plan: StepPlanRecord | null;
  confirmed_hash: string | null;
  problem: Problem | null;
  started_at: Date | null;
  finished_at: Date | null;
}

export type NewStep = Pick<
  StepRecord,
  'id' | 'position' | 'component' | 'action' | 'purpose' | 'after'
>;

export type EndedStepState = Exclude<
  StepRecord['state'],
  'waiting' | 'running'
>;

export interface StepEnd {
  state: EndedStepState;
  at: Date;
  /** The one that is recorded stays when absent. */
  plan?: StepPlanRecord;
  /** The plan stays within the one that was confirmed. */
  confirmedHash?: string;
  problem?: Problem;
}

/** Steps of operations. Writes belong into a fenced transaction. */
export class StepStore {
  async insert(
    tx: Transaction,
    operationId: string,
    steps: NewStep[],
  ): Promise<void> {
    if (steps.length === 0) return;
    await tx('operation_steps').insert(
      steps.map(step => ({
        id: step.id,
        operation_id: operationId,
        position: step.position,
        component: step.component,
        action: step.action,
        purpose: step.purpose,
        state: 'waiting',
        attempt: 0,
        after: JSON.stringify(step.after),
      })),
    );
  }

  /** In the order of their positions. */
  async ofOperation(
    tx: Transaction,
    operationId: string,
  ): Promise<StepRecord[]> {
    return (await this.ofOperations(tx, [operationId])).get(operationId)!;
  }

  /** In the order of their positions. */
  async ofOperations(
    tx: Transaction,
    operationIds: string[],
  ): Promise<Map<string, StepRecord[]>> {
    const rows = await tx<StepRow>('operation_steps')
      .whereIn('operation_id', operationIds)
      .orderBy(['operation_id', 'position']);
    const steps = new Map<string, StepRecord[]>(
      operationIds.map(id => [id, []]),
    );
    for (const row of rows) steps.get(row.operation_id)!.push(toRecord(row));
    return steps;
  }

  /** The time of the first attempt stays. */
  async start(
    tx: Transaction,
    id: string,
    start: { attempt: number; at: Date },
  ): Promise<void> {
    await tx('operation_steps')
      .where({ id })
      .update({
        state: 'running',
        attempt: start.attempt,
        started_at: tx.raw('COALESCE(started_at, ?)', [start.at]),
      });
  }

  async end(tx: Transaction, id: string, end: StepEnd): Promise<void> {
    await tx('operation_steps')
      .where({ id })
      .update({
        state: end.state,
        finished_at: end.at,
        // There may have been nothing to begin.
        ...(end.state !== 'skipped' && {
          started_at: tx.raw('COALESCE(started_at, ?)', [end.at]),
        }),
        plan: end.plan && JSON.stringify(end.plan),
        confirmed_hash: end.confirmedHash,
        problem: end.problem ? JSON.stringify(end.problem) : null,
      });
  }

  /** Another plan takes the place of the recorded one, which it stays within. */
  async replacePlan(
    tx: Transaction,
    id: string,
    replaced: { plan: StepPlanRecord; confirmedHash?: string },
  ): Promise<void> {
    await tx('operation_steps')
      .where({ id })
      .update({
        plan: JSON.stringify(replaced.plan),
        confirmed_hash: replaced.confirmedHash,
      });
  }

  /** Somebody has read the plans as they stand, and confirmed them. */
  async confirmPlans(tx: Transaction, operationId: string): Promise<void> {
    await tx('operation_steps')
      .where({ operation_id: operationId, action: 'plan' })
      .whereNotNull('plan')
      .update({ confirmed_hash: tx.raw("plan->>'hash'") });
  }

  /** Of an operation that ends while nobody works on it: what waits is never begun. */
  async skipWaiting(tx: Transaction, operationId: string, at: Date) {
    await tx('operation_steps')
      .where({ operation_id: operationId, state: 'waiting' })
      .update({ state: 'skipped', finished_at: at });
  }

  /** Back to waiting, to be done once more; attempts are kept, and so is what was planned. */
  async repeat(tx: Transaction, ids: string[]): Promise<void> {
    await tx('operation_steps')
      .whereIn('id', ids)
      .update({ state: 'waiting', finished_at: null, problem: null });
  }
}

function toRecord(row: StepRow): StepRecord {
  return {
    id: row.id,
    position: row.position,
    component: row.component,
    action: row.action,
    purpose: row.purpose ?? undefined,
    state: row.state,
    attempt: row.attempt,
    after: row.after,
    plan: row.plan ?? undefined,
    confirmedHash: row.confirmed_hash ?? undefined,
    problem: row.problem ?? undefined,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
  };
}
