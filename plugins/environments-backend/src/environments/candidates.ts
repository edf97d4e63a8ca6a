import { Knex } from 'knex';
import {
  EnvironmentOutput,
  FleetOrder,
  FleetSelection,
} from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';
import { UNFINISHED_STATES } from '../operations/machine/lifecycle';
import { Visible } from './access';
import { applyLabels } from './labelled';
import { EnvironmentRecord } from './types';
import { EXISTING_COMPONENTS, LivingEnvironment } from './usage';
import { applyVisible } from './visible';

/** A living environment that somebody wants to upgrade, with what speaks for and against it. */
export interface UpgradeCandidate extends LivingEnvironment {
  /** As they are kept: secrets are sealed. */
  inputs: LivingEnvironment['inputs'];
  versionId: string;
  state: EnvironmentRecord['state'];
  /** Number of its newest operation that was to change anything. */
  newestOperation: number;
  /** Something that was to change it is under way, or waits. */
  busy: boolean;
  expiresAt?: Date;
  lastWarningAt?: Date;
}

interface CandidateRow extends Omit<
  UpgradeCandidate,
  'outputs' | 'expiresAt' | 'lastWarningAt'
> {
  outputs: EnvironmentOutput[];
  expiresAt: Date | null;
  lastWarningAt: Date | null;
}

const ORDERS: Record<FleetOrder, string> = {
  name: 'e.name COLLATE "C"',
  newest: 'e.created_at DESC, e.id',
  oldest: 'e.created_at, e.id',
};

/** Environments as an upgrade of many would find them. One query, however many there are. */
export class UpgradeCandidates {
  async find(
    tx: Transaction,
    request: {
      selection: FleetSelection;
      /** Those that have it are left out. */
      to: string;
      visible: Visible;
      order: FleetOrder;
      limit: number;
    },
  ): Promise<UpgradeCandidate[]> {
    const { selection, to, visible, order, limit } = request;
    const { blueprint, version, owner, type, name } = selection;
    const query = this.#base(tx)
      .where('v.blueprint_name', blueprint)
      .whereNot('v.version', to)
      .orderByRaw(ORDERS[order])
      .limit(limit);
    applyVisible(query, visible);
    applyLabels(query, selection.label);
    if (version) query.whereIn('v.version', version);
    if (owner) query.whereIn('e.owner_ref', owner);
    if (type) query.whereIn('e.type', type);
    if (name) query.whereIn('e.name', name);
    return (await query).map(toCandidate);
  }

  /** @returns undefined when it is destroyed */
  async one(
    tx: Transaction,
    environmentId: string,
  ): Promise<UpgradeCandidate | undefined> {
    const row = await this.#base(tx).where('e.id', environmentId).first();
    return row && toCandidate(row);
  }

  #base(tx: Transaction): Knex.QueryBuilder {
    const unfinished = UNFINISHED_STATES.map(state => `'${state}'`).join(', ');
    return tx('environments as e')
      .join('blueprint_versions as v', 'v.id', 'e.blueprint_version_id')
      .join('leases as l', 'l.environment_id', 'e.id')
      .joinRaw(
        `CROSS JOIN LATERAL (
           SELECT number, state FROM operations
           WHERE environment_id = e.id AND NOT dry_run
           ORDER BY number DESC LIMIT 1
         ) o`,
      )
      .where('e.trial', false)
      .whereNull('e.destroyed_at')
      .select(
        'e.id',
        'e.name',
        'e.owner_ref as owner',
        'e.type',
        'e.state',
        'e.inputs',
        'e.outputs',
        'v.version',
        'v.id as versionId',
        'l.expires_at as expiresAt',
        'l.last_warning_at as lastWarningAt',
        'o.number as newestOperation',
        tx.raw(`o.state IN (${unfinished}) AS busy`),
        tx.raw(EXISTING_COMPONENTS),
      );
  }
}

function toCandidate(row: CandidateRow): UpgradeCandidate {
  return {
    ...row,
    outputs: row.outputs.map(({ name }) => name),
    expiresAt: row.expiresAt ?? undefined,
    lastWarningAt: row.lastWarningAt ?? undefined,
  };
}
