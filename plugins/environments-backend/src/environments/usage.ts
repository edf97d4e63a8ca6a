import {
  EnvironmentOutput,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';
import { UNFINISHED_STATES } from '../operations/machine/lifecycle';
import { InputVault } from './inputVault';
import { Visible } from './access';
import { applyVisible } from './visible';

/** Creates that the typical time is taken from, the newest of each blueprint. */
const CREATES = 50;

/** Environments per query: bounds what is in memory at once. */
const BATCH = 500;

/** Column `components` of an environment `e`: those of which something exists. */
export const EXISTING_COMPONENTS = `ARRAY(
  SELECT jsonb_build_object('id', c.component, 'driver', c.driver)
  FROM environment_components c
  WHERE c.environment_id = e.id
    AND c.apply_begun AND c.state NOT IN ('absent', 'gone')
  ORDER BY c.position
) AS components`;

/** A living environment as an upgrade would find it. */
export interface LivingEnvironment {
  id: string;
  name: string;
  owner: string;
  type: string;
  version: string;
  /** In the open, secrets too: none of them may go into an answer. */
  inputs: JsonObject;
  /** Names of what it gives. */
  outputs: string[];
  /** Those of which something exists. */
  components: { id: string; driver: string }[];
}

/** How blueprints are used: what their room may know of environments and operations. */
export class EnvironmentUsage {
  constructor(private readonly inputVault: InputVault) {}

  /**
   * Ids of the versions by which something exists, or is going to: their sources are needed to
   * remove it. The foreign keys refuse to delete more than these.
   */
  async versionsInUse(tx: Transaction): Promise<Set<string>> {
    const living = tx('environments').whereNull('destroyed_at');
    const rows: { id: string }[] = await living
      .clone()
      .select('blueprint_version_id as id')
      .union([
        tx('environment_components')
          .whereNotNull('blueprint_version_id')
          .whereIn('environment_id', living.clone().select('id'))
          .select('blueprint_version_id'),
        tx('operations')
          .whereIn('state', UNFINISHED_STATES)
          .select('blueprint_version_id'),
        tx('orphans')
          .where({ state: 'open' })
          .whereNotNull('blueprint_version_id')
          .select('blueprint_version_id'),
      ]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Environments that are not destroyed, by version id. */
  async livingEnvironments(tx: Transaction): Promise<Map<string, number>> {
    const rows: { id: string; count: string }[] = await tx('environments')
      .whereNull('destroyed_at')
      .groupBy('blueprint_version_id')
      .select('blueprint_version_id as id')
      .count('* as count');
    return new Map(rows.map(({ id, count }) => [id, Number(count)]));
  }

  /** All living environments on these versions by name, a batch at a time. */
  async *living(
    tx: Transaction,
    versionIds: string[],
  ): AsyncGenerator<LivingEnvironment[]> {
    let after = '';
    for (;;) {
      const rows: (Omit<LivingEnvironment, 'outputs'> & {
        outputs: EnvironmentOutput[];
      })[] = await tx('environments as e')
        .join('blueprint_versions as v', 'v.id', 'e.blueprint_version_id')
        .whereIn('e.blueprint_version_id', versionIds)
        .whereNull('e.destroyed_at')
        .whereRaw('e.name COLLATE "C" > ?', [after])
        .orderByRaw('e.name COLLATE "C"')
        .limit(BATCH)
        .select(
          'e.id',
          'e.name',
          'e.owner_ref as owner',
          'e.type',
          'v.version',
          'e.inputs',
          'e.outputs',
          tx.raw(EXISTING_COMPONENTS),
        );
      if (rows.length === 0) return;
      yield rows.map(({ outputs, inputs, ...row }) => ({
        ...row,
        inputs: this.inputVault.open(row.id, inputs),
        outputs: outputs.map(({ name }) => name),
      }));
      after = rows.at(-1)!.name;
    }
  }

  /** Those that the caller may see. */
  async visibleAmong(
    tx: Transaction,
    environmentIds: string[],
    visible: Visible,
  ): Promise<Set<string>> {
    const query = tx('environments as e').whereIn('e.id', environmentIds);
    applyVisible(query, visible);
    const ids: string[] = await query.pluck('e.id');
    return new Set(ids);
  }

  /** Median seconds of the last successful creates, by blueprint name. */
  async typicalCreateSeconds(
    tx: Transaction,
    blueprints: string[],
  ): Promise<Map<string, number>> {
    const recent = tx('operations as o')
      .join('blueprint_versions as v', 'v.id', 'o.blueprint_version_id')
      .where({
        'o.kind': 'create',
        'o.state': 'succeeded',
        'o.dry_run': false,
      })
      .whereIn('v.blueprint_name', blueprints)
      .select(
        'v.blueprint_name as name',
        tx.raw('extract(epoch FROM o.finished_at - o.started_at) AS seconds'),
        tx.raw(
          'row_number() OVER (PARTITION BY v.blueprint_name ORDER BY o.finished_at DESC) AS place',
        ),
      );
    const rows: { name: string; seconds: string }[] = await tx
      .from(recent.as('recent'))
      .where('place', '<=', CREATES)
      .groupBy('name')
      .select(
        'name',
        tx.raw(
          'percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds',
        ),
      );
    return new Map(rows.map(({ name, seconds }) => [name, Number(seconds)]));
  }
}
