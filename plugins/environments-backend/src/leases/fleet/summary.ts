import {
  EnvironmentState,
  LeaseSummary,
} from '@greenroom/plugin-environments-common';
import { CostColumns, costOf } from '../../environments/cost';
import { LeaseRow, toProjection } from '../store';
import { toLeaseStanding } from '../view';

/** A row of the list of leases, as its one query reads it. */
export interface LeaseSummaryRow extends LeaseRow, CostColumns {
  name: string;
  state: EnvironmentState;
  owner_ref: string;
  created_by: string;
  type: string;
  blueprint_name: string;
  blueprint_title: string;
  blueprint_entity_ref: string;
  blueprint_version: string;
}

export function toLeaseSummary(row: LeaseSummaryRow, now: Date): LeaseSummary {
  const environment = { id: row.environment_id, name: row.name };
  return {
    ...toLeaseStanding(environment, toProjection(row), now),
    state: row.state,
    owner: row.owner_ref,
    createdBy: row.created_by,
    type: row.type,
    blueprint: {
      name: row.blueprint_name,
      title: row.blueprint_title,
      version: row.blueprint_version,
      entityRef: row.blueprint_entity_ref,
    },
    cost: costOf(row),
  };
}
