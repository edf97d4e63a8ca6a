import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  environmentUpdatePermission,
  ExtendLeaseRequest,
  LeaseChange,
  leaseOverridePermission,
  LeaseRequest,
  LeaseRules,
  MoveLeaseRequest,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { Transaction } from '../database';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { IdempotencyKeyReusedError } from '../environments/errors';
import { EnvironmentRecord } from '../environments/types';
import { ConflictProblemError } from '../errors';
import { idempotencyOf } from '../operations/api/idempotency';
import { LeaseChangedError, mayNotProblem } from './errors';
import { Decision, decideExtend } from './extend';
import { follow, Following, LeaseProjection } from './ledger';
import { isLeaseKeyTaken, LedgerStore } from './ledgerStore';
import { readMove } from './move';
import { LeaseReader } from './reader';
import { LeaseService } from './service';
import { decideShorten } from './shorten';
import { LeaseStore, RequestKey } from './store';
import { toLedgerEntry } from './view';

interface Asked {
  environment: EnvironmentRecord;
  actor: string;
  /** Said in the audit record: `extended`, `held`. */
  done: string;
  request: LeaseRequest;
  key?: RequestKey;
  decide: (lease: LeaseProjection, now: Date) => Decision;
}

/** Changes of leases that people ask for: checked by the rules in force, and written to the ledger. */
export class LeaseCommands {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      environments: EnvironmentChanges;
      store: LeaseStore;
      ledger: LedgerStore;
      leases: LeaseService;
      reader: LeaseReader;
      audit: AuditStore;
      /** After a commit that left something to tell. */
      onTold: () => void;
      clock: Clock;
    },
  ) {}

  /** The same key and request again give the same entries, and add none. */
  async extend(
    environmentId: string,
    request: ExtendLeaseRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const { access, reader } = this.options;
    const environment = await reader.readable(environmentId, credentials);
    const { override = false } = request;
    if (override) {
      const [may] = await access.mayEach(
        [leaseOverridePermission],
        credentials,
        environment,
      );
      if (!may) throw mayNotProblem('extend a lease beyond its limits');
    } else {
      await access.require(
        environmentUpdatePermission,
        credentials,
        environment,
      );
    }
    const { actor } = await access.caller(credentials);
    const move = { ...readMove(request, { needsReason: override }), actor };
    return this.#change(credentials, idempotencyKey, {
      environment,
      actor,
      done: 'extended',
      request,
      decide: (rules, lease, now) =>
        decideExtend(lease, rules, { ...move, override }, now),
    });
  }

  async shorten(
    environmentId: string,
    request: MoveLeaseRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const { access, reader } = this.options;
    const environment = await reader.readable(environmentId, credentials);
    await access.require(environmentUpdatePermission, credentials, environment);
    const { actor } = await access.caller(credentials);
    const move = { ...readMove(request), actor };
    return this.#change(credentials, idempotencyKey, {
      environment,
      actor,
      done: 'shortened',
      request,
      decide: (rules, lease, now) => decideShorten(lease, rules, move, now),
    });
  }

  async #change(
    credentials: BackstageCredentials,
    idempotencyKey: string | undefined,
    {
      decide,
      ...asked
    }: Omit<Asked, 'key' | 'decide'> & {
      decide: (
        rules: LeaseRules,
        lease: LeaseProjection,
        now: Date,
      ) => Decision;
    },
  ): Promise<LeaseChange> {
    const { knex, reader, leases, clock } = this.options;
    const { environment, request, done } = asked;
    const { dryRun = false } = request;
    // Read before anything is locked, since that reads blueprints.
    const rules = await reader.rules(environment);
    const whole: Asked = {
      ...asked,
      key: idempotencyOf(idempotencyKey, {
        environmentId: environment.id,
        done,
        key: idempotencyKey,
        ...request,
      }),
      decide: (lease, now) => decide(rules, lease, now),
    };
    const { entries, lease } = dryRun
      ? follows(
          whole,
          await leases.get(knex, environment.id),
          clock.now(),
        )
      : await this.#write(whole);
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
    const { environments, store, audit, clock } = this.options;
    const { environment, actor, done, key } = asked;
    const { id } = environment;
    await environments.lock(tx, id);
    const earlier = await this.#earlier(tx, asked);
    if (earlier) return earlier;
    const lease = await store.lock(tx, id);
    const at = clock.now();
    const following = follows(asked, lease, at);
    const entries = await store.change(tx, id, following, key);
    await audit.append(tx, {
      at,
      actor,
      action: `environment.lease.${done}`,
      environmentId: id,
      details: {
        expiresBefore: lease.expiresAt?.toISOString() ?? null,
        expiresAfter: following.lease.expiresAt?.toISOString() ?? null,
        reason: following.entries[0].reason,
        rule: following.entries[0].rule,
      },
    });
    await environments.tell(tx, id);
    return { ...following, entries };
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

/** @throws ConflictProblemError when the rules, or somebody who was faster, are in the way */
function follows(
  { request, decide }: Asked,
  lease: LeaseProjection,
  now: Date,
): Following {
  const { revision: seen } = request;
  if (seen !== undefined && seen !== lease.revision) {
    throw new LeaseChangedError({ seen, present: lease.revision });
  }
  const decision = decide(lease, now);
  if (decision.refused) throw new ConflictProblemError(decision.refused);
  return follow(lease, decision.drafts, now);
}
