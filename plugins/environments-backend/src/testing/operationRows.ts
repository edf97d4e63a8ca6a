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
 * Operations without environments and blueprints around them, for tests of what looks at
 * operations alone: foreign keys are not asked.
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
  await knex.transaction(async tx => {
    await tx.raw('SET LOCAL session_replication_role = replica');
    await tx.batchInsert('operations', operations, 500);
  });
  return operations.map(({ id }) => id);
}
