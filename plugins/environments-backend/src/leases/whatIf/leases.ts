import { Knex } from 'knex';
import { EstimatedCost } from '@greenroom/plugin-environments-common';
import { COST_COLUMNS, CostColumns, costOf } from '../../environments/cost';
import { RuleSubject } from '../../environments/match';
import { CallersSelection, selectedLeases } from '../fleet/selection';
import { LeaseProjection } from '../ledger';
import { LeaseRow, toProjection } from '../store';

/** Leases at once. */
const BATCH = 500;

/** A lease with what rules go by. */
export interface FleetLease extends RuleSubject {
  environmentId: string;
  environmentName: string;
  blueprintVersionId: string;
  lease: LeaseProjection;
  /** Undefined: nobody has estimated it. */
  cost: EstimatedCost | undefined;
}

interface FleetLeaseRow extends LeaseRow, CostColumns {
  name: string;
  owner_ref: string;
  type: string;
  blueprint_name: string;
  blueprint_version_id: string;
}

/** Leases whose environments nobody destroys yet, by the names of those, in batches. */
export async function* livingLeases(
  knex: Knex,
  selection: CallersSelection,
  after?: string,
): AsyncGenerator<FleetLease[]> {
  let behind = after;
  for (;;) {
    const query = selectedLeases(knex, selection)
      .whereNotIn('l.stage', ['ending', 'ended'])
      .select(
        'l.*',
        'e.name',
        'e.owner_ref',
        'e.type',
        'v.blueprint_name',
        'v.id as blueprint_version_id',
        ...COST_COLUMNS,
      )
      .orderBy('e.name')
      .limit(BATCH);
    if (behind !== undefined) query.where('e.name', '>', behind);
    const rows: FleetLeaseRow[] = await query;
    yield rows.map(toFleetLease);
    if (rows.length < BATCH) return;
    behind = rows[rows.length - 1].name;
  }
}

function toFleetLease(row: FleetLeaseRow): FleetLease {
  return {
    environmentId: row.environment_id,
    environmentName: row.name,
    owner: row.owner_ref,
    type: row.type,
    blueprint: row.blueprint_name,
    blueprintVersionId: row.blueprint_version_id,
    lease: toProjection(row),
    cost: costOf(row),
  };
}
