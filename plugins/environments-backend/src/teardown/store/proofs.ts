import { addSeconds } from '../../clock';
import { Transaction } from '../../database';
import { CatalogProof } from '../types';

interface ProofRow {
  environment_id: string;
  name: string;
  since: Date;
  looks: number;
  told_at: Date | null;
  warned_at: Date | null;
}

/** Most entities are gone within a second or two of the change being told. */
const FIRST_LOOK_SECONDS = 5;
/** Longer than any look takes: who dies in the midst leaves it to others then. */
const LOOKING_SECONDS = 60;

/** Of which destroyed environments it is still to be proven that the catalog has let go. */
export class CatalogProofStore {
  async begin(tx: Transaction, environmentId: string, at: Date): Promise<void> {
    await tx('catalog_proofs').insert({
      environment_id: environmentId,
      since: at,
      look_at: addSeconds(at, FIRST_LOOK_SECONDS),
    });
  }

  /** What is to be looked for now; others leave it alone for a minute. */
  async takeDue(
    tx: Transaction,
    now: Date,
    limit: number,
  ): Promise<CatalogProof[]> {
    const due = tx('catalog_proofs')
      .whereNull('gone_at')
      .where('look_at', '<=', now)
      .orderBy('look_at')
      .limit(limit)
      .select('environment_id')
      .forUpdate()
      .skipLocked();
    const rows: ProofRow[] = await tx('catalog_proofs as p')
      .updateFrom('environments as e')
      .whereRaw('e.id = p.environment_id')
      .whereIn('p.environment_id', due)
      .update({ look_at: addSeconds(now, LOOKING_SECONDS) })
      .returning(['p.*', 'e.name']);
    return rows.map(row => ({
      environmentId: row.environment_id,
      environmentName: row.name,
      since: row.since,
      looks: row.looks,
      toldAt: row.told_at ?? undefined,
      warnedAt: row.warned_at ?? undefined,
    }));
  }

  async gone(
    tx: Transaction,
    environmentIds: string[],
    at: Date,
  ): Promise<void> {
    await tx('catalog_proofs')
      .whereIn('environment_id', environmentIds)
      .update({ gone_at: at });
  }

  async stillThere(
    tx: Transaction,
    proof: CatalogProof,
    lookAt: Date,
  ): Promise<void> {
    await tx('catalog_proofs')
      .where({ environment_id: proof.environmentId })
      .update({
        looks: proof.looks,
        look_at: lookAt,
        told_at: proof.toldAt ?? null,
        warned_at: proof.warnedAt ?? null,
      });
  }
}
