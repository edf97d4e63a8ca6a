import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AnswerMoreTimeRequest,
  AskMoreTimeRequest,
  DeclineMoreTimeRequest,
  environmentUpdatePermission,
  LeaseChange,
  leaseOverridePermission,
  ListMoreTimeQuery,
  MoreTimeState,
  Page,
  WaitingMoreTime,
} from '@greenroom/plugin-environments-common';
import { readCursor } from '../../cursor';
import { EnvironmentAccess } from '../../environments/access';
import { EnvironmentRecord } from '../../environments/types';
import { NotAllowedProblemError, NotFoundProblemError } from '../../errors';
import { IdMaker } from '../../ids';
import { readPage } from '../../page';
import { Facts, LeaseChanges, Outcome } from '../changes';
import { destroyingProblem, mayNotProblem, requireReason } from '../errors';
import { Decision } from '../extend';
import { readMove } from '../move';
import { LeaseReader } from '../reader';
import {
  decideApprove,
  decideAsk,
  decideDecline,
  decideWithdraw,
} from './decide';
import { MoreTimeList, moreTimeCursorSchema } from './list';
import { TimeRequest } from './request';
import { TimeRequestStore, toTimeRequest } from './store';
import { toMoreTime } from './view';

/** How people ask for a lease beyond its limits, and how somebody else answers. */
export class MoreTimeService {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      reader: LeaseReader;
      changes: LeaseChanges;
      timeRequests: TimeRequestStore;
      list: MoreTimeList;
      ids: IdMaker;
    },
  ) {}

  /** Those that wait, the oldest first. */
  async waiting(
    { cursor, limit, ...selection }: ListMoreTimeQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<WaitingMoreTime>> {
    const { access, list } = this.options;
    const caller = await access.caller(credentials);
    const visible = await access.visible(credentials);
    const override = await access.decision(
      leaseOverridePermission,
      credentials,
    );
    const request = { ...selection, caller, visible };
    const from = cursor ? readCursor(cursor, moreTimeCursorSchema) : undefined;
    return readPage({
      limit,
      rows: most => list.page({ ...request, limit: most, cursor: from }),
      total: () => list.total(request),
      item: row => {
        const { environment_id: id, name, owner_ref: owner } = row;
        const mayOverride = access.allows(override, { id, owner });
        const { actor } = caller;
        return {
          ...toMoreTime(
            toTimeRequest(row),
            { name, owner },
            { actor, mayOverride },
          ),
          expiresAt: row.expires_at?.toISOString(),
        };
      },
      place: ({ key: asked, id }) => ({ asked, id }),
    });
  }

  /** By whoever may extend it; moves nothing. */
  async ask(
    environmentId: string,
    request: AskMoreTimeRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const { access, reader, changes, timeRequests, ids } = this.options;
    const environment = await reader.readable(environmentId, credentials);
    await access.require(environmentUpdatePermission, credentials, environment);
    const { actor } = await access.caller(credentials);
    const reason = requireReason(request);
    const id = ids.id();
    const asking = { ...readMove(request), actor, id, reason };
    return changes.make(credentials, idempotencyKey, {
      environment,
      actor,
      done: 'asked',
      request,
      decide: async (facts, tx) => {
        const going = refuseGoing(facts);
        if (going) return going;
        const { lease, rules, now } = facts;
        const waiting = await timeRequests.waiting(tx, environmentId);
        const decision = decideAsk(lease, rules, asking, waiting, now);
        if (decision.refused) return decision;
        const { drafts, asked } = decision;
        return {
          drafts,
          also: (writing, at) =>
            timeRequests.add(writing, {
              ...asked,
              id,
              environmentId,
              askedBy: actor,
              askedAt: at,
              reason,
            }),
        };
      },
    });
  }

  /** The lease goes on until the end that was asked for. */
  async approve(
    environmentId: string,
    request: AnswerMoreTimeRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const who = await this.#answerer(environmentId, request, credentials);
    const { actor } = who;
    const reason = request.reason?.trim() || undefined;
    return this.#answer(who, request, credentials, idempotencyKey, {
      state: 'approved',
      reason: reason ?? '',
      decide: (facts, asked) =>
        refuseGoing(facts) ??
        decideApprove(
          facts.lease,
          facts.rules,
          asked,
          { actor, reason },
          facts.now,
        ),
    });
  }

  async decline(
    environmentId: string,
    request: DeclineMoreTimeRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const who = await this.#answerer(environmentId, request, credentials);
    const { actor } = who;
    const reason = requireReason(request);
    return this.#answer(who, request, credentials, idempotencyKey, {
      state: 'declined',
      reason,
      decide: (_facts, asked) => decideDecline(asked, { actor, reason }),
    });
  }

  async withdraw(
    environmentId: string,
    request: AnswerMoreTimeRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<LeaseChange> {
    const who = await this.#asked(environmentId, request, credentials);
    const { actor } = who;
    if (who.asked.askedBy !== actor) throw notYours(who.asked);
    const reason = request.reason?.trim() || undefined;
    return this.#answer(who, request, credentials, idempotencyKey, {
      state: 'withdrawn',
      reason: reason ?? '',
      decide: (_facts, asked) => decideWithdraw(asked, { actor, reason }),
    });
  }

  /** All of it in one transaction, with the environment locked: of two answers the first counts. */
  #answer(
    { environment, actor, asked }: Asked,
    request: AnswerMoreTimeRequest,
    credentials: BackstageCredentials,
    idempotencyKey: string | undefined,
    {
      state,
      reason,
      decide,
    }: {
      state: Exclude<MoreTimeState, 'waiting' | 'lapsed'>;
      reason: string;
      decide: (facts: Facts, asked: TimeRequest) => Decision;
    },
  ): Promise<LeaseChange> {
    const { changes, timeRequests } = this.options;
    return changes.make(credentials, idempotencyKey, {
      environment,
      actor,
      done: state,
      request,
      decide: async (facts, tx): Promise<Outcome> => {
        const present = await timeRequests.find(tx, environment.id, asked.id);
        const decision = decide(facts, present ?? asked);
        if (decision.refused) return decision;
        return {
          ...decision,
          also: (writing, at) =>
            timeRequests.answer(writing, asked, state, {
              by: actor,
              at,
              reason,
            }),
        };
      },
    });
  }

  /** Somebody who may go beyond the limits, and has not asked themselves. */
  async #answerer(
    environmentId: string,
    request: AnswerMoreTimeRequest,
    credentials: BackstageCredentials,
  ): Promise<Asked> {
    const who = await this.#asked(environmentId, request, credentials);
    const { access } = this.options;
    const [may] = await access.mayEach(
      [leaseOverridePermission],
      credentials,
      who.environment,
    );
    if (!may) throw mayNotProblem('answer requests for more time');
    if (who.asked.askedBy === who.actor) throw ownRequest();
    return who;
  }

  async #asked(
    environmentId: string,
    { request: id }: AnswerMoreTimeRequest,
    credentials: BackstageCredentials,
  ): Promise<Asked> {
    const { knex, access, reader, timeRequests } = this.options;
    const environment = await reader.readable(environmentId, credentials);
    const asked = await timeRequests.find(knex, environmentId, id);
    if (!asked) throw noSuchRequest(environment);
    const { actor } = await access.caller(credentials);
    return { environment, actor, asked };
  }
}

/** What somebody speaks about. */
interface Asked {
  environment: EnvironmentRecord;
  actor: string;
  asked: TimeRequest;
}

/** Its lease may not know yet, when somebody destroys it by hand. */
function refuseGoing({ environment }: Facts) {
  if (environment.state !== 'destroying') return undefined;
  return { refused: destroyingProblem(environment) };
}

function noSuchRequest({ name }: EnvironmentRecord): NotFoundProblemError {
  return new NotFoundProblemError({
    code: 'lease.more-time.none',
    field: '/request',
    message: `Nobody has asked for more time for ${name} by that request.`,
    remedy: 'Take the id of the request from its lease.',
  });
}

function ownRequest(): NotAllowedProblemError {
  return new NotAllowedProblemError({
    code: 'lease.more-time.own',
    message: 'You have asked for this yourself, so somebody else answers it.',
    remedy: 'Wait for the answer, or withdraw it.',
  });
}

function notYours({ askedBy }: TimeRequest): NotAllowedProblemError {
  return new NotAllowedProblemError({
    code: 'lease.more-time.not-yours',
    message: `${askedBy} has asked for this, so nobody else withdraws it.`,
    remedy: 'Whoever may go beyond the limits of leases may decline it.',
  });
}
