import { JsonObject } from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';
import { Mark, RollbackTarget } from '../api/moves';
import { isForReal } from '../givesWay';
import { ACTIVE_STATES, UNFINISHED_STATES } from '../machine/lifecycle';
import { OperationRecord } from '../types';

/** What stands around an operation in the history of its environment. */
export interface Surroundings {
  /** The one that has the environment now. */
  active?: Mark;
  /** The one right before it that has not ended, as long as it has not ended itself. */
  ahead?: Mark;
  /** The newest that was to change anything. */
  newest?: Mark;
  /** The newest success before it; before a success, the newest that made something else. */
  earlier?: RollbackTarget;
}

interface HistoryRow {
  id: string;
  environment_id: string;
  number: number;
  kind: OperationRecord['kind'];
  state: OperationRecord['state'];
  dry_run: boolean;
  blueprint_version_id: string;
  inputs: JsonObject;
  finished_at: Date | null;
}

/** Operations by their place among those of their environment. Each look is one step in an index. */
export class HistoryStore {
  async around(
    tx: Transaction,
    operation: Pick<
      OperationRecord,
      | 'id'
      | 'environmentId'
      | 'number'
      | 'state'
      | 'blueprintVersionId'
      | 'inputs'
    >,
  ): Promise<Surroundings> {
    const { environmentId, number } = operation;
    const history = () =>
      tx<HistoryRow>('operations')
        .where({ environment_id: environmentId })
        .orderBy('number', 'desc');
    // One after the other: a transaction has one connection, which takes one query at a time.
    const active = await history()
      .whereIn('state', ACTIVE_STATES)
      .whereRaw(isForReal('operations'))
      .first();
    const ahead = await history()
      .whereIn('state', UNFINISHED_STATES)
      .where('number', '<', number)
      .first();
    const newest = await history().where('dry_run', false).first();
    const earlier = await history()
      .where({ dry_run: false, state: 'succeeded' })
      .where('number', '<', number)
      .modify(query => {
        if (operation.state === 'succeeded') {
          query.whereRaw('(blueprint_version_id, inputs) <> (?, ?::jsonb)', [
            operation.blueprintVersionId,
            JSON.stringify(operation.inputs),
          ]);
        }
      })
      .first();
    return {
      active: active && toMark(active),
      ahead: ahead && toMark(ahead),
      newest: newest && toMark(newest),
      earlier: earlier && {
        ...toMark(earlier),
        state: earlier.state,
        dryRun: earlier.dry_run,
        blueprintVersionId: earlier.blueprint_version_id,
        inputs: earlier.inputs,
        finishedAt: earlier.finished_at ?? undefined,
      },
    };
  }

  async newest(
    tx: Transaction,
    environmentId: string,
  ): Promise<Mark | undefined> {
    const row = await tx<HistoryRow>('operations')
      .where({ environment_id: environmentId, dry_run: false })
      .orderBy('number', 'desc')
      .first();
    return row && toMark(row);
  }

  /**
   * What the environment is going to be once all that is under way or waits has been done: what
   * the last of those that set it wants. Undefined when it stays as it is.
   */
  async lastIntent(
    tx: Transaction,
    environmentId: string,
  ): Promise<
    Pick<OperationRecord, 'blueprintVersionId' | 'inputs'> | undefined
  > {
    const row = await tx<HistoryRow>('operations')
      .where({ environment_id: environmentId, dry_run: false })
      .whereIn('state', UNFINISHED_STATES)
      .whereIn('kind', ['create', 'update', 'upgrade'])
      .orderBy('number', 'desc')
      .first();
    return (
      row && {
        blueprintVersionId: row.blueprint_version_id,
        inputs: row.inputs,
      }
    );
  }
}

function toMark({ id, number, kind }: HistoryRow): Mark {
  return { id, number, kind };
}
