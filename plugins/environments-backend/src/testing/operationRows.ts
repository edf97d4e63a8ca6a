import { Knex } from 'knex';
import { OperationState } from '@greenroom/plugin-environments-common';
import { randomIds } from '../ids';

export interface OperationRowOptions {
  owner: string;
  state?: OperationState;
  drivers?: string[];
  requestedAt?: Date;
  /** Of the claim, from now on; negative: it ran out. */
  claimSeconds?: number;
  claimedAt?: Date;
}

/**
 * Operations of bare environments without blueprints, for tests of what looks at operations alone:
 * foreign keys are not asked.
 *
 * @returns their ids
 */
export async function insertOperations(
  knex: Knex,
  rows: OperationRowOptions[],
): Promise<string[]> {
  const operations = rows.map(row => ({
    id: randomIds.id(),
    environment_id: randomIds.id(),
    number: 1,
    kind: 'create',
    state: row.state ?? 'queued',
    blueprint_version_id: randomIds.id(),
    inputs: '{}',
    owner_ref: row.owner,
    drivers: JSON.stringify(row.drivers ?? []),
    requested_by: 'user:default/mira',
    requested_at: row.requestedAt ?? knex.fn.now(),
    cause: '{}',
    claimed_at: row.claimedAt ?? null,
    claim_until:
      row.claimSeconds === undefined
        ? null
        : knex.raw("clock_timestamp() + ? * interval '1 second'", [
            row.claimSeconds,
          ]),
  }));
  const environments = operations.map(
    ({ environment_id: id, blueprint_version_id, owner_ref }) => ({
      id,
      name: id,
      owner_ref,
      created_by: owner_ref,
      type: 'sandbox',
      blueprint_version_id,
      state: 'provisioning',
      inputs: '{}',
      outputs: '[]',
      created_at: knex.fn.now(),
      updated_at: knex.fn.now(),
    }),
  );
  await knex.transaction(async tx => {
    await tx.raw('SET LOCAL session_replication_role = replica');
    await tx.batchInsert('environments', environments, 500);
    await tx.batchInsert('operations', operations, 500);
  });
  return operations.map(({ id }) => id);
}
