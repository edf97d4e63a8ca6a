import { Knex } from 'knex';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { EnvironmentChanges } from '../environments/changes';
import { IdMaker } from '../ids';
import { LeaseService } from '../leases/service';
import { isGone, leftoversOf } from './leftovers';
import { nextAttemptAt } from './schedule';
import { OrphanStore } from './store/orphans';
import { CatalogProofStore } from './store/proofs';
import { TeardownStore } from './store/teardowns';
import { TeardownFailure, TeardownRecord } from './types';

export const TEARDOWN_ACTOR = 'system:teardown';

/**
 * What should be gone is tried again until it is, and what resists is told and kept on record.
 * Every method is part of the transaction that ends an attempt, and that one holds the lock of the
 * environment.
 */
export class TeardownService {
  constructor(
    private readonly options: {
      store: TeardownStore;
      orphans: OrphanStore;
      proofs: CatalogProofStore;
      leases: LeaseService;
      environments: Pick<EnvironmentChanges, 'components'>;
      audit: AuditStore;
      clock: Clock;
      ids: IdMaker;
      /** From 0 to 1; spreads retries. */
      random: () => number;
      /** Failures in a row from which on owner and operators are told. */
      escalateAfter: number;
    },
  ) {}

  /** Nothing is left, and that is proven. */
  async succeeded(tx: Knex.Transaction, environmentId: string): Promise<void> {
    const { store, orphans, proofs, leases, clock } = this.options;
    const now = clock.now();
    await store.remove(tx, environmentId);
    await orphans.gone(tx, environmentId, now);
    await proofs.begin(tx, environmentId, now);
    await leases.end(tx, environmentId, {
      actor: TEARDOWN_ACTOR,
      reason:
        'The environment is destroyed, and that nothing is left is proven.',
      rule: 'environment.destroyed',
    });
  }

  /** Whoever asked for the destroy: from now on it is tried again. */
  async failed(tx: Knex.Transaction, failure: TeardownFailure): Promise<void> {
    const { store, leases, clock, random, escalateAfter } = this.options;
    const { environmentId, operationId, problem } = failure;
    const before = await store.find(tx, environmentId);
    const failures = (before?.failures ?? 0) + 1;
    const now = clock.now();
    const at = nextAttemptAt(now, failures, random());
    const teardown: TeardownRecord = {
      environmentId,
      operationId,
      since: before?.since ?? now,
      failures,
      nextAttemptAt: at,
      lastProblem: problem,
      escalatedAt:
        before?.escalatedAt ?? (failures >= escalateAfter ? now : undefined),
    };
    await store.write(tx, teardown);
    await leases.noteRetry(tx, environmentId, {
      actor: TEARDOWN_ACTOR,
      reason: `Teardown ${failures} failed; the next try is at ${at.toISOString()}.`,
      rule: 'teardown.failed',
    });
    if (!teardown.escalatedAt) return;
    if (!before?.escalatedAt) await this.#auditEscalation(tx, teardown);
    await this.enterOrphans(tx, teardown);
  }

  /** It should be gone and is protected: that is told and listed, and nothing is tried. */
  async block(
    tx: Knex.Transaction,
    {
      environmentId,
      problem,
    }: Pick<TeardownFailure, 'environmentId' | 'problem'>,
  ): Promise<void> {
    const { store, clock } = this.options;
    const now = clock.now();
    const teardown: TeardownRecord = {
      environmentId,
      since: now,
      failures: 0,
      nextAttemptAt: now,
      lastProblem: problem,
      escalatedAt: now,
    };
    await store.write(tx, teardown);
    await this.#auditEscalation(tx, teardown);
  }

  /** Its lease sees to it again. */
  async unblock(tx: Knex.Transaction, environmentId: string): Promise<void> {
    await this.options.store.remove(tx, environmentId);
  }

  /** Somebody has made the environment whole again: it is not to be gone any more. */
  async calledOff(tx: Knex.Transaction, environmentId: string): Promise<void> {
    const { store, orphans, leases, audit, clock } = this.options;
    const teardown = await store.find(tx, environmentId);
    // Without a failure there was no teardown to call off.
    if (!teardown?.failures) return;
    await store.remove(tx, environmentId);
    await orphans.withdraw(tx, environmentId);
    await leases.revive(tx, environmentId, {
      actor: TEARDOWN_ACTOR,
      reason:
        'The environment was made whole again: its teardown is called off.',
      rule: 'teardown.called-off',
    });
    await audit.append(tx, {
      at: clock.now(),
      actor: TEARDOWN_ACTOR,
      action: 'environment.teardown.called-off',
      environmentId,
      details: { failures: teardown.failures },
    });
  }

  /** Puts everything that is left on record, and takes from it what is proven to be gone. */
  async enterOrphans(
    tx: Knex.Transaction,
    teardown: TeardownRecord,
  ): Promise<void> {
    const { orphans, environments, clock, ids } = this.options;
    const { environmentId } = teardown;
    const components = await environments.components(tx, environmentId);
    await orphans.open(
      tx,
      teardown,
      leftoversOf(components).map(left => ({ ...left, id: ids.id() })),
    );
    await orphans.noteAttempt(tx, teardown);
    const gone = components.filter(isGone).map(({ id }) => id);
    await orphans.gone(tx, environmentId, clock.now(), gone);
  }

  async #auditEscalation(
    tx: Knex.Transaction,
    { environmentId, operationId, failures, lastProblem }: TeardownRecord,
  ): Promise<void> {
    const { audit, clock } = this.options;
    await audit.append(tx, {
      at: clock.now(),
      actor: TEARDOWN_ACTOR,
      action: 'environment.teardown.escalated',
      environmentId,
      operationId,
      details: { failures, problem: lastProblem.code },
    });
  }
}
