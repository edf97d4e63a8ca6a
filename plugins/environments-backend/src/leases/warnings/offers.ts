import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ExtendOffer,
  LeaseChange,
  Problem,
} from '@greenroom/plugin-environments-common';
import { Clock, laterOf, momentOf } from '../../clock';
import { EnvironmentAccess } from '../../environments/access';
import { EnvironmentChanges } from '../../environments/changes';
import { EnvironmentRecord } from '../../environments/types';
import {
  ConflictProblemError,
  NotAllowedProblemError,
  NotFoundProblemError,
  problemsOf,
} from '../../errors';
import { Keyring } from '../../secrets/keyring';
import { LeaseCommands } from '../commands';
import { describeExtension } from '../extend';
import { LedgerStore } from '../ledgerStore';
import { LeaseReader } from '../reader';
import { LeaseService } from '../service';
import { toLedgerEntry } from '../view';
import { ExtendLink, Offered, openLink, sealLink } from './link';
import { DueWarning } from './store';

/** A link that was opened by somebody whom it was sent to. */
interface Opened {
  link: ExtendLink;
  environment: EnvironmentRecord;
  /** The revision of the lease that was looked at. */
  revision: number;
  /** The entry that moved the end since. */
  moved?: ReturnType<typeof toLedgerEntry>;
}

/** Extensions that warnings offer by a link: for those whom it was sent to, once, until the end moves. */
export class ExtendOffers {
  constructor(
    private readonly options: {
      knex: Knex;
      keyring: Keyring;
      access: EnvironmentAccess;
      environments: EnvironmentChanges;
      leases: LeaseService;
      leaseReader: LeaseReader;
      leaseCommands: LeaseCommands;
      clock: Clock;
    },
  ) {}

  readonly #ledger = new LedgerStore();

  /**
   * By as much as is usual and allowed now.
   *
   * @param recipients entity refs of those whom it is sent to
   */
  async make(
    { environmentId, revision }: DueWarning,
    recipients: string[],
  ): Promise<Offered> {
    const { knex, keyring, environments, leases, leaseReader, clock } =
      this.options;
    const environment = await environments.get(knex, environmentId);
    const lease = await leases.get(knex, environmentId);
    const rules = await leaseReader.rules(environment);
    const now = clock.now();
    const { usualSeconds, until, problem } = describeExtension(
      lease,
      rules,
      now,
    );
    if (!until || !lease.expiresAt) return { problem };
    const from = laterOf(lease.expiresAt, now);
    const left = (momentOf(until).getTime() - from.getTime()) / 1000;
    const seconds = Math.floor(Math.min(usualSeconds ?? left, left));
    if (seconds < 1) return {};
    const link = { environmentId, revision, seconds, recipients };
    return { seconds, token: sealLink(keyring, link) };
  }

  /** What using the link would do; changes nothing. */
  async look(
    token: string,
    credentials: BackstageCredentials,
  ): Promise<ExtendOffer> {
    const { knex, environments, leaseReader } = this.options;
    const { link, environment, moved } = await this.#open(token, credentials);
    const { id, name } = environment;
    const present = await leaseReader.get(id, credentials);
    const components = await environments.components(knex, id);
    const made = components.filter(({ applyBegun }) => applyBegun);
    const after = moved
      ? { problem: usedProblem(moved) }
      : await this.#after(link, credentials);
    return {
      environmentId: id,
      environmentName: name,
      seconds: link.seconds,
      reason: present.reason,
      onExpiry: present.onExpiry,
      expiresAt: present.expiresAt,
      components: made.map(component => ({
        id: component.id,
        resources: component.resources.length,
      })),
      ...after,
    };
  }

  /** @throws ConflictProblemError `lease.link.used` when the end was moved since */
  async use(
    token: string,
    credentials: BackstageCredentials,
  ): Promise<LeaseChange> {
    const { link, revision, moved } = await this.#open(token, credentials);
    if (moved) throw new ConflictProblemError(usedProblem(moved));
    // Whoever writes something after the look has the caller look again: it works once.
    return this.#extend(link, credentials, { revision });
  }

  async #after(
    link: ExtendLink,
    credentials: BackstageCredentials,
  ): Promise<Pick<ExtendOffer, 'expiresAfter' | 'problem'>> {
    try {
      const { lease } = await this.#extend(link, credentials, { dryRun: true });
      return { expiresAfter: lease.expiresAt };
    } catch (error) {
      const [problem] = problemsOf(error) ?? [];
      if (!problem) throw error;
      return { problem };
    }
  }

  #extend(
    { environmentId, seconds }: ExtendLink,
    credentials: BackstageCredentials,
    how: { dryRun?: boolean; revision?: number },
  ): Promise<LeaseChange> {
    const request = {
      by: `${seconds}s`,
      reason: 'by the link of a warning',
      ...how,
    };
    return this.options.leaseCommands.extend(
      environmentId,
      request,
      credentials,
    );
  }

  /** @throws NotFoundProblemError, NotAllowedProblemError */
  async #open(
    token: string,
    credentials: BackstageCredentials,
  ): Promise<Opened> {
    const { knex, keyring, access, leaseReader } = this.options;
    const link = openLink(keyring, token);
    if (!link) throw invalidLink();
    const { environmentId, recipients } = link;
    const environment = await leaseReader.readable(environmentId, credentials);
    const { ownershipRefs = [] } = await access.caller(credentials);
    if (!recipients.some(ref => ownershipRefs.includes(ref))) {
      throw notYours(recipients);
    }
    const ledgers = await this.#ledger.ledgers(knex, [environmentId]);
    const ledger = ledgers.get(environmentId) ?? [];
    const moved = ledger
      .slice(link.revision)
      .find(
        ({ expiresBefore, expiresAfter }) =>
          expiresBefore?.getTime() !== expiresAfter?.getTime(),
      );
    return {
      link,
      environment,
      revision: ledger.length,
      moved: moved && toLedgerEntry(moved),
    };
  }
}

function invalidLink(): NotFoundProblemError {
  return new NotFoundProblemError({
    code: 'lease.link.invalid',
    message:
      'This link is not whole, or was made with a key that this portal does not have any more.',
    remedy:
      'Open it from the message once more, or extend the lease on the page of the environment.',
  });
}

function notYours(recipients: string[]): NotAllowedProblemError {
  return new NotAllowedProblemError({
    code: 'lease.link.not-yours',
    message: 'You are none of those whom this link was sent to.',
    remedy: `It is for ${recipients.join(' and ')} alone. Whoever may extend the lease can do so on the page of the environment.`,
  });
}

function usedProblem(moved: ReturnType<typeof toLedgerEntry>): Problem {
  const { actor, at, reason, expiresAfter } = moved;
  return {
    code: 'lease.link.used',
    message: `The link works once, and the end has moved since: ${actor} ${reason} at ${at}. ${expiresAfter ? `It ends at ${expiresAfter}` : 'It has no end'}.`,
    remedy: 'To move it further, go to the page of the environment.',
  };
}
