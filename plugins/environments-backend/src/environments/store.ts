import { Transaction } from '../database';
import { CostColumns, costColumns, costOf } from './cost';
import { knownResources } from './knownResources';
import { StoredOutputs } from './outputs';
import { ComponentChange, ComponentRecord, EnvironmentRecord } from './types';

interface EnvironmentRow extends CostColumns {
  id: string;
  name: string;
  owner_ref: string;
  created_by: string;
  type: string;
  blueprint_version_id: string;
  state: EnvironmentRecord['state'];
  labels: EnvironmentRecord['labels'];
  inputs: EnvironmentRecord['inputs'];
  outputs: EnvironmentRecord['outputs'];
  created_at: Date;
  ready_at: Date | null;
  destroyed_at: Date | null;
  trial: boolean;
}

interface ComponentRow {
  environment_id: string;
  component: string;
  position: number;
  driver: string;
  uses: ComponentRecord['uses'];
  pausable: boolean;
  state: ComponentRecord['state'];
  apply_begun: boolean;
  made_from: string[];
  blueprint_version_id: string | null;
  with_sealed: Buffer | null;
  applied_hash: string | null;
  outputs: StoredOutputs;
  resources: ComponentRecord['resources'];
  reported: ComponentRecord['reported'];
}

export type NewComponent = Pick<
  ComponentRecord,
  'id' | 'driver' | 'uses' | 'pausable'
>;

export interface StateChange {
  id: string;
  state: EnvironmentRecord['state'];
  at: Date;
}

/** What the row of a component says before its first apply. */
const NEVER_MADE = {
  state: 'waiting',
  apply_begun: false,
  made_from: '[]',
  blueprint_version_id: null,
  with_sealed: null,
  applied_hash: null,
  outputs: '{}',
  resources: '[]',
  reported: '[]',
};

/** Environments and their components. What the list shows is read in `list.ts`. */
export class EnvironmentStore {
  /** @returns false when a living environment has the name */
  async insert(
    tx: Transaction,
    environment: EnvironmentRecord,
  ): Promise<boolean> {
    const rows = await tx('environments')
      .insert({
        id: environment.id,
        name: environment.name,
        owner_ref: environment.owner,
        created_by: environment.createdBy,
        type: environment.type,
        blueprint_version_id: environment.blueprintVersionId,
        state: environment.state,
        labels: JSON.stringify(environment.labels),
        inputs: JSON.stringify(environment.inputs),
        outputs: JSON.stringify(environment.outputs),
        ...costColumns(environment.cost),
        created_at: environment.createdAt,
        updated_at: environment.createdAt,
        trial: environment.trial,
        destroyed_at: environment.destroyedAt,
      })
      .onConflict(tx.raw('(name) WHERE destroyed_at IS NULL'))
      .ignore()
      .returning('id');
    return rows.length === 1;
  }

  /**
   * The components that are wanted, in an order in which each follows what it uses; may be repeated.
   *
   * What exists of any component stays as it is on record. One that is wanted again after it was
   * gone begins anew, and one that is not wanted and does not exist is `absent`.
   */
  async declareComponents(
    tx: Transaction,
    environmentId: string,
    components: NewComponent[],
  ): Promise<void> {
    const ids = components.map(({ id }) => id);
    await tx('environment_components')
      .where({ environment_id: environmentId })
      .whereNotIn('component', ids)
      .whereIn('state', ['waiting', 'gone'])
      .update({ state: 'absent' });
    await tx('environment_components')
      .where({ environment_id: environmentId })
      .whereIn('component', ids)
      .whereIn('state', ['absent', 'gone'])
      .update(NEVER_MADE);
    if (components.length === 0) return;
    await tx('environment_components')
      .insert(
        components.map((component, position) => ({
          environment_id: environmentId,
          component: component.id,
          position,
          driver: component.driver,
          uses: JSON.stringify(component.uses),
          pausable: component.pausable,
          state: 'waiting',
          outputs: '{}',
          resources: '[]',
        })),
      )
      .onConflict(['environment_id', 'component'])
      .merge(['position', 'driver', 'uses', 'pausable']);
  }

  async find(
    tx: Transaction,
    id: string,
  ): Promise<EnvironmentRecord | undefined> {
    const row = await tx<EnvironmentRow>('environments').where({ id }).first();
    return row && toRecord(row);
  }

  /** By id; what is no id of an environment is left out. */
  async findAll(
    tx: Transaction,
    ids: string[],
  ): Promise<Map<string, EnvironmentRecord>> {
    const rows = await tx<EnvironmentRow>('environments').whereRaw(
      'id::text = ANY(?)',
      [ids],
    );
    return new Map(rows.map(row => [row.id, toRecord(row)]));
  }

  /**
   * Those of the ids that belong to environments which are destroyed, and which nobody works on:
   * a trial counts as destroyed from the beginning, and is planned all the same.
   */
  async destroyedAmong(tx: Transaction, ids: string[]): Promise<string[]> {
    return tx('environments as e')
      .whereRaw('e.id::text = ANY(?)', [ids])
      .whereNotNull('e.destroyed_at')
      .whereNotExists(
        tx('operations as o')
          .whereRaw('o.environment_id = e.id')
          .whereNull('o.finished_at'),
      )
      .pluck('e.id');
  }

  /** One that nobody else changes until the transaction ends. */
  async lock(
    tx: Transaction,
    id: string,
  ): Promise<EnvironmentRecord | undefined> {
    const row = await tx<EnvironmentRow>('environments')
      .where({ id })
      .forUpdate()
      .first();
    return row && toRecord(row);
  }

  /** The living one of that name, else the one destroyed last. */
  async findByName(
    tx: Transaction,
    name: string,
  ): Promise<EnvironmentRecord | undefined> {
    const row = await tx<EnvironmentRow>('environments')
      .where({ name, trial: false })
      .orderByRaw('destroyed_at DESC NULLS FIRST')
      .first();
    return row && toRecord(row);
  }

  /** Names of living environments that begin with a text. */
  async namesLike(tx: Transaction, start: string): Promise<Set<string>> {
    const names: string[] = await tx('environments')
      .whereNull('destroyed_at')
      .whereRaw('starts_with(name, ?)', [start])
      .pluck('name');
    return new Set(names);
  }

  async updateState(tx: Transaction, change: StateChange): Promise<void> {
    const { id, state, at } = change;
    await tx('environments')
      .where({ id })
      .update({
        state,
        updated_at: at,
        ...(state === 'destroyed' && {
          destroyed_at: tx.raw('COALESCE(destroyed_at, ?)', [at]),
        }),
        ...(state === 'running' && {
          ready_at: tx.raw('COALESCE(ready_at, ?)', [at]),
        }),
      });
  }

  async updateDeclared(
    tx: Transaction,
    id: string,
    declared: Pick<EnvironmentRecord, 'blueprintVersionId' | 'inputs' | 'cost'>,
  ): Promise<void> {
    await tx('environments')
      .where({ id })
      .update({
        blueprint_version_id: declared.blueprintVersionId,
        inputs: JSON.stringify(declared.inputs),
        ...costColumns(declared.cost),
      });
  }

  async updateLabels(
    tx: Transaction,
    id: string,
    labels: EnvironmentRecord['labels'],
  ): Promise<void> {
    await tx('environments')
      .where({ id })
      .update({ labels: JSON.stringify(labels) });
  }

  async updateOutputs(
    tx: Transaction,
    id: string,
    outputs: EnvironmentRecord['outputs'],
  ): Promise<void> {
    await tx('environments')
      .where({ id })
      .update({ outputs: JSON.stringify(outputs) });
  }

  /** In the order of the graph. */
  /** How many resources there are of each, as far as they are known; of none, nothing. */
  async countResources(
    tx: Transaction,
    environmentIds: string[],
  ): Promise<Map<string, number>> {
    const rows = await tx<ComponentRow>('environment_components')
      .whereIn('environment_id', environmentIds)
      .select('environment_id', 'resources', 'reported');
    const counts = new Map<string, number>();
    for (const row of rows) {
      const before = counts.get(row.environment_id) ?? 0;
      counts.set(row.environment_id, before + knownResources(row).length);
    }
    return counts;
  }

  async components(
    tx: Transaction,
    environmentId: string,
  ): Promise<ComponentRecord[]> {
    const rows = await tx<ComponentRow>('environment_components')
      .where({ environment_id: environmentId })
      .orderBy('position');
    return rows.map(row => ({
      id: row.component,
      driver: row.driver,
      uses: row.uses,
      pausable: row.pausable,
      state: row.state,
      applyBegun: row.apply_begun,
      madeFrom: row.made_from,
      blueprintVersionId: row.blueprint_version_id ?? undefined,
      withSealed: row.with_sealed ?? undefined,
      appliedHash: row.applied_hash ?? undefined,
      outputs: row.outputs,
      resources: row.resources,
      reported: row.reported,
    }));
  }

  async updateComponent(
    tx: Transaction,
    environmentId: string,
    component: string,
    change: ComponentChange,
  ): Promise<void> {
    await tx('environment_components')
      .where({ environment_id: environmentId, component })
      .update({
        state: change.state,
        apply_begun: change.applyBegun,
        blueprint_version_id: change.blueprintVersionId,
        with_sealed: change.withSealed,
        applied_hash: change.appliedHash,
        outputs: change.outputs && JSON.stringify(change.outputs),
        resources: change.resources && JSON.stringify(change.resources),
        reported: change.reported && JSON.stringify(change.reported),
        made_from: madeFrom(tx, change),
      });
  }
}

/** An apply that begins may add to what a component points to; one that went well has replaced it. */
function madeFrom(tx: Transaction, change: ComponentChange) {
  const uses = "jsonb_path_query_array(uses, '$[*].component')";
  if (change.applyBegun === false) return '[]';
  if (change.applyBegun) return tx.raw(`made_from || ${uses}`);
  // Where there was nothing to apply, a hash comes without outputs.
  return change.appliedHash && change.outputs ? tx.raw(uses) : undefined;
}

function toRecord(row: EnvironmentRow): EnvironmentRecord {
  return {
    id: row.id,
    name: row.name,
    owner: row.owner_ref,
    createdBy: row.created_by,
    type: row.type,
    labels: row.labels,
    blueprintVersionId: row.blueprint_version_id,
    state: row.state,
    inputs: row.inputs,
    outputs: row.outputs,
    cost: costOf(row),
    createdAt: row.created_at,
    readyAt: row.ready_at ?? undefined,
    destroyedAt: row.destroyed_at ?? undefined,
    trial: row.trial,
  };
}
