import { Knex } from 'knex';
import { OperationState } from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';
import { ClaimLostError } from '../errors';
import { CLAIMABLE_STATES } from '../machine/lifecycle';
import { Claim } from '../types';
import { CHOOSING_LOCK, CLAIM_NEXT, ClaimLimits } from './nextClaim';

/** A claim as it was just taken. */
export interface TakenClaim extends Claim {
  /** Claims before it that ran out, in a row, without another step having ended. */
  claimsLost: number;
  /** Somebody wants it cancelled. */
  cancel?: CancelRequest;
}

export interface CancelRequest {
  reason?: string;
}

interface ClaimRow {
  id: string;
  environment_id: string;
  claim_fence: string;
  claims_lost: number;
  cancel_requested_at: Date | null;
  cancel_reason: string | null;
}

/**
 * Claims on operations. Time is the database's: the machines of two workers may disagree about
 * it, and who of them may go on must not depend on that.
 */
export class ClaimStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Takes the operation whose turn it is; undefined when there is none that nobody holds, or the
   * limits hold back all there are.
   */
  async takeNext(options: {
    worker: string;
    ttlMs: number;
    now: Date;
    limits: ClaimLimits;
  }): Promise<TakenClaim | undefined> {
    const { worker, ttlMs, now, limits } = options;
    return this.knex.transaction(async tx => {
      // A statement of its own: the next one then sees what the holder before has committed.
      await tx.raw('SELECT pg_advisory_xact_lock(?)', [CHOOSING_LOCK]);
      const { rows } = await tx.raw<{ rows: ClaimRow[] }>(CLAIM_NEXT, {
        worker,
        ttlMs,
        now,
        perOwner: limits.perOwner ?? Number.MAX_SAFE_INTEGER,
        drivers: JSON.stringify(limits.drivers),
      });
      return rows[0] && toTaken(rows[0]);
    });
  }

  /**
   * Takes one operation, whosever turn it is; undefined when it is held or has ended.
   * One statement, so that of two workers that come at once one finds nothing.
   */
  async take(options: {
    operationId: string;
    worker: string;
    ttlMs: number;
    now: Date;
  }): Promise<TakenClaim | undefined> {
    const rows: ClaimRow[] = await this.knex('operations')
      .where({ id: options.operationId })
      .whereIn('state', CLAIMABLE_STATES)
      .whereRaw('(claim_until IS NULL OR claim_until < clock_timestamp())')
      .update({
        state: 'running',
        claim_worker: options.worker,
        claim_fence: this.knex.raw('claim_fence + 1'),
        claim_until: this.#until(options.ttlMs),
        claimed_at: this.knex.raw('clock_timestamp()'),
        started_at: this.knex.raw('COALESCE(started_at, ?)', [options.now]),
      })
      .returning([
        'id',
        'environment_id',
        'claim_fence',
        'claims_lost',
        'cancel_requested_at',
        'cancel_reason',
      ]);
    return rows[0] && toTaken(rows[0]);
  }

  /** By id, those of these operations that somebody wants cancelled. */
  async cancelRequests(
    operationIds: string[],
  ): Promise<Map<string, CancelRequest>> {
    const rows = await this.knex('operations')
      .whereIn('id', operationIds)
      .whereNotNull('cancel_requested_at')
      .select('id', 'cancel_reason');
    return new Map(
      rows.map(row => [row.id, { reason: row.cancel_reason ?? undefined }]),
    );
  }

  /** @returns false when the claim is lost */
  async renew(claim: Claim, ttlMs: number): Promise<boolean> {
    const rows = await this.#held(this.knex, claim).update({
      claim_until: this.#until(ttlMs),
    });
    return rows === 1;
  }

  /** Lets another worker take the operation at once. A lost claim is left alone. */
  async release(claim: Claim): Promise<void> {
    await this.#held(this.knex, claim).update({ claim_until: null });
  }

  /**
   * Runs a transaction that only the holder of the claim may make. The operation's row stays
   * locked to its end, so a take-over waits for it and then sees all of it.
   *
   * @throws ClaimLostError before anything is written, when a newer claim exists
   */
  async write<T>(
    claim: Claim,
    use: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    return this.knex.transaction(async tx => {
      // Locks the environment first, as everybody does; one statement, for there are many writes.
      const held = await this.#held(tx, claim)
        .join('environments as e', 'e.id', 'operations.environment_id')
        .forUpdate('e', 'operations')
        .first('operations.id');
      if (!held) throw new ClaimLostError(claim);
      return use(tx);
    });
  }

  /**
   * The fence under which an operation may be worked on now; undefined when it has ended.
   * Shared lock: the answer stays true until the transaction ends.
   */
  async currentFence(
    tx: Knex.Transaction,
    operationId: string,
  ): Promise<number | undefined> {
    const row = await tx<{ id: string; state: OperationState }>('operations')
      .where({ id: operationId, state: 'running' })
      .forShare()
      .first('claim_fence');
    return row && Number(row.claim_fence);
  }

  #held(tx: Transaction, claim: Claim) {
    return tx('operations').where({
      'operations.id': claim.operationId,
      'operations.claim_fence': claim.fence,
      'operations.state': 'running',
    });
  }

  #until(ttlMs: number): Knex.Raw {
    return this.knex.raw("clock_timestamp() + ? * interval '1 millisecond'", [
      ttlMs,
    ]);
  }
}

function toTaken(row: ClaimRow): TakenClaim {
  return {
    operationId: row.id,
    environmentId: row.environment_id,
    fence: Number(row.claim_fence),
    claimsLost: row.claims_lost,
    ...(row.cancel_requested_at && {
      cancel: { reason: row.cancel_reason ?? undefined },
    }),
  };
}
