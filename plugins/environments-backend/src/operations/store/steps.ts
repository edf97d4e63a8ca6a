import { Problem } from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';
import { StepPlanRecord, StepRecord } from '../types';

interface StepRow {
  id: string;
  operation_id: string;
  position: number;
  component: string;
  action: StepRecord['action'];
  state: StepRecord['state'];
  attempt: number;
  after: string[];
  plan: StepPlanRecord | null;
  problem: Problem | null;
  started_at: Date | null;
  finished_at: Date | null;
}

export type NewStep = Pick<
  StepRecord,
  'id' | 'position' | 'component' | 'action' | 'after'
>;

export interface StepEnd {
  state: 'succeeded' | 'failed' | 'skipped';
  at: Date;
  plan?: StepPlanRecord;
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
        state: 'waiting',
        attempt: 0,
        after: JSON.stringify(step.after),
      })),
    );
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
        plan: end.plan ? JSON.stringify(end.plan) : null,
        problem: end.problem ? JSON.stringify(end.problem) : null,
      });
  }

  /** Back to waiting, to be done once more; attempts are kept. */
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
    state: row.state,
    attempt: row.attempt,
    after: row.after,
    plan: row.plan ?? undefined,
    problem: row.problem ?? undefined,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
  };
}
