import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  environmentProtectPermission,
  HoldLeaseRequest,
  LeaseChange,
  leaseHoldPermission,
  LeaseRequest,
} from '@greenroom/plugin-environments-common';
import { momentOf } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentRecord } from '../environments/types';
import { LeaseChanges } from './changes';
import { destroyingProblem, mayNotProblem, requireReason } from './errors';
import {
  decideHold,
  decideProtect,
  decideRelease,
  decideUnprotect,
} from './hold';
import { LeaseReader } from './reader';

/** What keeps an environment though its time is up, and how it is lifted; each by a permission of its own. */
export class LeaseSafeguards {
  constructor(
    private readonly options: {
      access: EnvironmentAccess;
      reader: LeaseReader;
      changes: LeaseChanges;
    },
  ) {}

  async hold(
    environmentId: string,
    request: HoldLeaseRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const who = await this.#holder(environmentId, credentials);
    const word = { actor: who.actor, reason: requireReason(request) };
    const until = momentOf(request.until);
    return this.options.changes.make(credentials, idempotencyKey, {
      ...who,
      done: 'held',
      request,
      decide: ({ lease, rules, now }) =>
        decideHold(lease, rules, { ...word, until }, now),
    });
  }

  async release(
    environmentId: string,
    request: LeaseRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const who = await this.#holder(environmentId, credentials);
    const reason = request.reason?.trim() || 'The hold is over.';
    return this.options.changes.make(credentials, idempotencyKey, {
      ...who,
      done: 'released',
      request,
      decide: ({ lease, now }) =>
        decideRelease(lease, { actor: who.actor, reason }, now),
    });
  }

  async protect(
    environmentId: string,
    request: LeaseRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const who = await this.#protector(environmentId, credentials);
    const word = { actor: who.actor, reason: requireReason(request) };
    return this.options.changes.make(credentials, idempotencyKey, {
      ...who,
      done: 'protected',
      request,
      decide: ({ lease, environment }) =>
        environment.state === 'destroying'
          ? { refused: destroyingProblem(environment) }
          : decideProtect(lease, word),
    });
  }

  async unprotect(
    environmentId: string,
    request: LeaseRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const who = await this.#protector(environmentId, credentials);
    const reason = request.reason?.trim() || 'It needs no protection any more.';
    return this.options.changes.make(credentials, idempotencyKey, {
      ...who,
      done: 'unprotected',
      request,
      decide: ({ lease }) =>
        decideUnprotect(lease, { actor: who.actor, reason }),
    });
  }

  #holder(environmentId: string, credentials: BackstageCredentials) {
    return this.#trusted(
      environmentId,
      credentials,
      leaseHoldPermission,
      'hold environments, nor release them',
    );
  }

  #protector(environmentId: string, credentials: BackstageCredentials) {
    return this.#trusted(
      environmentId,
      credentials,
      environmentProtectPermission,
      'protect environments, nor lift their protection',
    );
  }

  async #trusted(
    environmentId: string,
    credentials: BackstageCredentials,
    permission: typeof leaseHoldPermission,
    what: string,
  ): Promise<{ environment: EnvironmentRecord; actor: string }> {
    const { access, reader } = this.options;
    const environment = await reader.readable(environmentId, credentials);
    const [may] = await access.mayEach([permission], credentials, environment);
    if (!may) throw mayNotProblem(what);
    const { actor } = await access.caller(credentials);
    return { environment, actor };
  }
}
