import { LogLine, StepAction } from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';

export interface NewLogLine {
  stepId: string;
  at: Date;
  stream: LogLine['stream'];
  level: LogLine['level'];
  text: string;
}

interface LogRow {
  id: string;
  at: Date;
  stream: LogLine['stream'];
  level: LogLine['level'];
  text: string;
  component: string;
  action: StepAction;
}

/**
 * Log lines of operations. Only the holder of the claim adds them, one batch after the other, so
 * within an operation a line with a smaller id is always visible before one with a larger.
 */
export class LogStore {
  /** Ids for so many lines, in order; nobody else gets them, whatever becomes of the transaction. */
  async takeIds(tx: Transaction, count: number): Promise<string[]> {
    const { rows } = await tx.raw<{ rows: { id: string }[] }>(
      `SELECT nextval(pg_get_serial_sequence('operation_logs', 'id')) AS id
       FROM generate_series(1, ?)`,
      [count],
    );
    return rows.map(({ id }) => id);
  }

  /** Lines under ids that were taken for them; what is stored already stays as it is. */
  async insert(
    tx: Transaction,
    operationId: string,
    ids: string[],
    lines: NewLogLine[],
  ): Promise<void> {
    await tx('operation_logs')
      .insert(
        lines.map((line, index) => ({
          id: ids[index],
          operation_id: operationId,
          step_id: line.stepId,
          at: line.at,
          stream: line.stream,
          level: line.level,
          text: line.text,
        })),
      )
      .onConflict('id')
      .ignore();
  }

  async page(
    tx: Transaction,
    query: { operationId: string; after: string; limit: number },
  ): Promise<LogLine[]> {
    const rows: LogRow[] = await tx('operation_logs as l')
      .join('operation_steps as s', 's.id', 'l.step_id')
      .where('l.operation_id', query.operationId)
      .where('l.id', '>', query.after)
      .orderBy('l.id')
      .limit(query.limit)
      .select(
        'l.id',
        'l.at',
        'l.stream',
        'l.level',
        'l.text',
        's.component',
        's.action',
      );
    return rows.map(({ at, ...line }) => ({ ...line, time: at.toISOString() }));
  }

  /** The id of the newest line; `0` before the first. */
  async head(tx: Transaction, operationId: string): Promise<string> {
    const row = await tx('operation_logs')
      .where({ operation_id: operationId })
      .max({ id: 'id' })
      .first();
    return row?.id ?? '0';
  }

  /** When the log was removed; undefined while it is kept. */
  async removedAt(
    tx: Transaction,
    operationId: string,
  ): Promise<Date | undefined> {
    const row = await tx('operations')
      .where({ id: operationId })
      .first('logs_removed_at');
    return row?.logs_removed_at ?? undefined;
  }

  /**
   * The operation that ended first of those whose log has been kept long enough, and that nobody
   * else is at. Its row stays locked until the transaction ends.
   */
  async lockExpired(
    tx: Transaction,
    finishedBefore: Date,
  ): Promise<string | undefined> {
    const row = await tx('operations')
      .whereNull('logs_removed_at')
      .where('finished_at', '<', finishedBefore)
      .orderBy('finished_at')
      .forUpdate()
      .skipLocked()
      .first('id');
    return row?.id;
  }

  /** The first lines of a log. @returns how many were removed */
  async removeLines(
    tx: Transaction,
    operationId: string,
    limit: number,
  ): Promise<number> {
    return tx('operation_logs')
      .whereIn(
        'id',
        tx('operation_logs')
          .where({ operation_id: operationId })
          .orderBy('id')
          .limit(limit)
          .select('id'),
      )
      .delete();
  }

  async markRemoved(
    tx: Transaction,
    operationId: string,
    at: Date,
  ): Promise<void> {
    await tx('operations')
      .where({ id: operationId })
      .update({ logs_removed_at: at });
  }
}
