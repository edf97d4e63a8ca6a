import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  LeaseChange,
  LeaseRequest,
  LeaseRules,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { Transaction } from '../database';
import { EnvironmentChanges } from '../environments/changes';
import { IdempotencyKeyReusedError } from '../environments/errors';
import { EnvironmentRecord } from '../environments/types';
import { ConflictProblemError } from '../errors';
import { idempotencyOf } from '../operations/api/idempotency';
import { ScheduleService } from '../schedules/service';
import { TeardownChecks } from '../teardown/check/service';
import { TeardownService } from '../teardown/service';
import { LeaseChangedError } from './errors';
import { Decision } from './extend';
import { follow, Following, LeaseProjection } from './ledger';
import { isLeaseKeyTaken, LedgerStore } from './ledgerStore';
import { LeaseReader } from './reader';
import { LeaseService } from './service';
import { LeaseStore, RequestKey } from './store';
import { toLedgerEntry } from './view';

/** What a decision goes by. */
export interface Facts {
  /** As it is while it is locked. */
  environment: EnvironmentRecord;
  lease: LeaseProjection;
  rules: LeaseRules;
  now: Date;
}

/** What is decided, with what else is written down together with it. */
export type Outcome = Decision & {
  also?: (tx: Knex.Transaction, at: Date) => Promise<void>;
};

/** A change that somebody asks for and may have, if the rules let them. */
export interface Wish {
  environment: EnvironmentRecord;
  actor: string;
  /** Said in the audit record: `extended`, `held`. */
  done: string;
  request: LeaseRequest;
  /** Reads what else it needs by `tx`, in which the environment is locked unless it is a dry run. */
  decide: (facts: Facts, tx: Transaction) => Outcome | Promise<Outcome>;
}

interface Asked extends Wish {
  rules: LeaseRules;
  key?: RequestKey;
}

/** Changes of leases: decided with the lease locked, written to the ledger, audited and told, all or nothing. */
export class LeaseChanges {
  constructor(
    private readonly options: {
      knex: Knex;
      environments: EnvironmentChanges;
      store: LeaseStore;
      ledger: LedgerStore;
      leases: LeaseService;
      reader: LeaseReader;
      teardowns: Pick<TeardownService, 'unblock'>;
      checks: Pick<TeardownChecks, 'lookAgain'>;
      scheduleService: Pick<ScheduleService, 'changed'>;
      audit: AuditStore;
      /** After a commit that left something to tell. */
      onTold: () => void;
      clock: Clock;
    },
  ) {}

  /** The same key and request again give the same entries, and add none. */
  async make(
    credentials: BackstageCredentials,
    idempotencyKey: string | undefined,
    wish: Wish,
  ): Promise<LeaseChange> {
    const { knex, reader, leases } = this.options;
    const { environment, request, done } = wish;
    const { dryRun = false } = request;
    const asked: Asked = {
      ...wish,
      // Read before anything is locked, since that reads blueprints.
      rules: await reader.rules(environment),
      key: idempotencyOf(idempotencyKey, {
        environmentId: environment.id,
        done,
        key: idempotencyKey,
        ...request,
      }),
    };
    const { entries, lease } = dryRun
      ? await this.#follow(
          knex,
          asked,
          environment,
          await leases.get(knex, environment.id),
        )
      : await this.#write(asked);
    return {
      dryRun,
      entries: entries.map(toLedgerEntry),
      lease: await reader.describe(environment, lease, credentials),
    };
  }

  async #write(asked: Asked): Promise<Following> {
    const { knex, onTold } = this.options;
    try {
      const written = await knex.transaction(tx => this.#writeIn(tx, asked));
      onTold();
      return written;
    } catch (error) {
      const winner = isLeaseKeyTaken(error)
        ? await this.#earlier(knex, asked)
        : undefined;
      if (winner) return winner;
      throw error;
    }
  }

  async #writeIn(tx: Knex.Transaction, asked: Asked): Promise<Following> {
    const { environments, store, teardowns, checks, scheduleService, audit } =
      this.options;
    const { actor, done, key } = asked;
    const { id } = asked.environment;
    const environment = await environments.lock(tx, id);
    const earlier = await this.#earlier(tx, asked);
    if (earlier) return earlier;
    const before = await store.lock(tx, id);
    const following = await this.#follow(tx, asked, environment, before);
    const entries = await store.change(tx, id, following, key);
    const { lease } = following;
    if (before.stage === 'blocked' && lease.stage !== 'blocked') {
      await teardowns.unblock(tx, id);
    }
    // What its grace let sleep wakes, unless its schedule wants it asleep.
    if (before.stage === 'grace' && lease.stage === 'running') {
      await scheduleService.changed(tx, id);
    }
    if (Boolean(before.protection) !== Boolean(lease.protection)) {
      await checks.lookAgain(tx, id);
    }
    const [{ at, reason, rule }] = entries;
    await audit.append(tx, {
      at,
      actor,
      action: `environment.lease.${done}`,
      environmentId: id,
      details: {
        expiresBefore: before.expiresAt?.toISOString() ?? null,
        expiresAfter: lease.expiresAt?.toISOString() ?? null,
        reason,
        rule,
      },
    });
    await following.also?.(tx, at);
    await environments.tell(tx, id);
    return { entries, lease };
  }

  /** @throws ConflictProblemError when the rules, or somebody who was faster, are in the way */
  async #follow(
    tx: Transaction,
    { request, rules, decide }: Asked,
    environment: EnvironmentRecord,
    lease: LeaseProjection,
  ): Promise<Following & Pick<Outcome, 'also'>> {
    const { revision: seen } = request;
    if (seen !== undefined && seen !== lease.revision) {
      throw new LeaseChangedError({ seen, present: lease.revision });
    }
    const now = this.options.clock.now();
    const decision = await decide({ environment, lease, rules, now }, tx);
    if (decision.refused) throw new ConflictProblemError(decision.refused);
    return { ...follow(lease, decision.drafts, now), also: decision.also };
  }

  /** What the same request came to before. */
  async #earlier(
    tx: Transaction,
    { environment, actor, key }: Asked,
  ): Promise<Following | undefined> {
    const { ledger, leases } = this.options;
    const earlier = key && (await ledger.byKey(tx, actor, key.key));
    if (!earlier) return undefined;
    if (earlier.digest !== key.digest) {
      throw new IdempotencyKeyReusedError(key.key);
    }
    const lease = await leases.get(tx, environment.id);
    return { entries: earlier.entries, lease };
  }
}
