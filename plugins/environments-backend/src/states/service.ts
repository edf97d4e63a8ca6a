import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from '../clock';
import { IdMaker } from '../ids';
import { ClaimStore } from '../operations/store/claims';
import { Keyring } from '../secrets/keyring';
import { followState, readStateDocument } from './documents';
import {
  StateClaimLostError,
  StateLockedError,
  StateLockMismatchError,
  StateTokenError,
} from './errors';
import { StateStore } from './store';
import { HeldLock, LockInfo, StateGrant } from './types';

/**
 * Terraform states: versions kept, sealed, and opened only to the operation at work.
 *
 * A token holds for one state under one fence. Each call checks, in its own transaction and
 * under a shared lock on the operation, that the fence is still the newest: a take-over waits for
 * calls that are under way and shuts out all that come later.
 */
export class StateService {
  constructor(
    private readonly options: {
      knex: Knex;
      store: StateStore;
      claims: ClaimStore;
      keyring: Keyring;
      clock: Clock;
      ids: IdMaker;
      logger: LoggerService;
      /** The largest state that is taken. */
      maxStateMegabytes: number;
      retention: { stateVersions: number };
    },
  ) {}

  /** The largest state that is taken. */
  get maxMegabytes(): number {
    return this.options.maxStateMegabytes;
  }

  /** An empty state for each component that has none yet. May be repeated. */
  async prepare(
    tx: Knex.Transaction,
    environmentId: string,
    components: string[],
  ): Promise<void> {
    const { store, ids } = this.options;
    const states = components.map(component => ({ id: ids.id(), component }));
    await store.insert(tx, environmentId, states);
  }

  /**
   * Makes the password for a state under a claim; it is kept nowhere but in the worker.
   *
   * @param tx a fenced transaction
   */
  async issueToken(
    tx: Knex.Transaction,
    grant: Omit<StateGrant, 'stateId'> & {
      environmentId: string;
      component: string;
    },
  ): Promise<{ stateId: string; token: string }> {
    const { store, ids } = this.options;
    const stateId = await store.idOf(tx, grant.environmentId, grant.component);
    const token = ids.token();
    await store.insertToken(tx, hash(token), { ...grant, stateId });
    return { stateId, token };
  }

  /**
   * The operation has ended: its passwords open nothing any more, and a lock that one of its tools
   * left behind when it was killed locks nothing.
   */
  async release(
    tx: Knex.Transaction,
    operation: { id: string; environmentId: string },
  ): Promise<void> {
    const { store } = this.options;
    await store.deleteTokens(tx, operation.id);
    await store.removeLocks(tx, operation);
  }

  /** @throws StateTokenError when the password does not open that state */
  async authenticate(
    stateId: string,
    operationId: string,
    token: string,
  ): Promise<StateGrant> {
    const { knex, store } = this.options;
    const grant = await store.findToken(knex, hash(token));
    if (grant?.stateId !== stateId || grant.operationId !== operationId) {
      throw new StateTokenError();
    }
    return grant;
  }

  /** The newest version; undefined before the first. */
  async read(grant: StateGrant): Promise<Buffer | undefined> {
    const { store } = this.options;
    return this.#underFence(grant, async tx => {
      const latest = await store.latest(tx, grant.stateId);
      return latest && this.#open(grant.stateId, latest.content);
    });
  }

  async write(
    grant: StateGrant,
    lockId: string | undefined,
    body: Buffer,
  ): Promise<void> {
    const { store, keyring, clock, retention } = this.options;
    const { stateId, operationId } = grant;
    const document = readStateDocument(body);
    await this.#underFence(grant, async tx => {
      const lock = await store.lockForUpdate(tx, stateId);
      if (lock?.info.ID !== lockId) {
        throw new StateLockMismatchError(lockId, lock?.info.ID);
      }
      const latest = await store.latest(tx, stateId);
      const follows = followState(
        latest && {
          ...latest,
          same: this.#open(stateId, latest.content).equals(body),
        },
        document,
      );
      if (follows === 'repeated') return;
      await store.insertVersion(tx, {
        ...document,
        stateId,
        size: body.length,
        content: keyring.seal(body, statePurpose(stateId)),
        origin: { operationId },
        at: clock.now(),
      });
      await store.prune(tx, stateId, retention.stateVersions);
    });
  }

  /**
   * A lock is worth as much as the claim it was taken under. One left behind by a worker that
   * was killed, or by an operation that has ended, is broken: whoever asks now is the only one
   * who may write.
   *
   * @throws StateLockedError while a process of the same claim holds it
   */
  async lock(grant: StateGrant, info: LockInfo): Promise<void> {
    const { store, logger } = this.options;
    const { stateId, operationId, fence } = grant;
    await this.#underFence(grant, async tx => {
      const held = await store.lockForUpdate(tx, stateId);
      if (held && sameClaim(held, grant)) {
        if (held.info.ID === info.ID) return;
        throw new StateLockedError(held.info);
      }
      if (held) {
        logger.warn(
          `Broke the lock ${held.info.ID} on state ${stateId}, left behind by operation ${held.operationId} under claim ${held.fence}`,
        );
      }
      await store.setLock(tx, stateId, { info, operationId, fence });
    });
  }

  async unlock(grant: StateGrant, lockId: string): Promise<void> {
    const { store } = this.options;
    await this.#underFence(grant, async tx => {
      const held = await store.lockForUpdate(tx, grant.stateId);
      if (!held) return;
      if (held.info.ID !== lockId) {
        throw new StateLockMismatchError(lockId, held.info.ID);
      }
      await store.setLock(tx, grant.stateId, undefined);
    });
  }

  async #underFence<T>(
    grant: StateGrant,
    use: (tx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    const { knex, claims } = this.options;
    return knex.transaction(async tx => {
      const fence = await claims.currentFence(tx, grant.operationId);
      if (fence !== grant.fence) throw new StateClaimLostError();
      return use(tx);
    });
  }

  #open(stateId: string, sealed: Buffer): Buffer {
    return this.options.keyring.open(sealed, statePurpose(stateId));
  }
}

function sameClaim(lock: HeldLock, grant: StateGrant): boolean {
  return lock.operationId === grant.operationId && lock.fence === grant.fence;
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** What the content of a state's versions is sealed for. */
export function statePurpose(stateId: string): string {
  return `state:${stateId}`;
}
