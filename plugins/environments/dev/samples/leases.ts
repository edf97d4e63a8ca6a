import {
  Environment,
  EnvironmentLease,
  ExtendOffer,
  LeaseBrake,
  LeaseEntryKind,
  LeaseLedgerEntry,
  WaitingLease,
  WaitingMoreTime,
} from '@greenroom/plugin-environments-common';
import { DAY, HOUR, iso } from '../../src/testing/builders';
import { EVERY_RIGHT } from './kept';
import { sampleWhatIf } from './whatIf';

/** A lease that was extended once, and its ledger, with lengths that the page must bear. */
export function sampleLeases(id: string, now: number) {
  const ends = 6.2 * HOUR;
  const entry = (
    number: number,
    kind: LeaseEntryKind,
    age: number,
    part: Partial<LeaseLedgerEntry> = {},
  ): LeaseLedgerEntry => ({
    id: String(number),
    kind,
    at: iso(now, -age),
    actor: 'system:lease',
    reason: '2 d, the default of the blueprint',
    rule: 'ttl.default',
    expiresBefore: iso(now, ends),
    expiresAfter: iso(now, ends),
    detail: {},
    ...part,
  });
  const lease: Partial<EnvironmentLease> = {
    rights: EVERY_RIGHT,
    extensionsUsed: 1,
    extension: {
      usualSeconds: 86_400,
      until: iso(now, ends + 3 * DAY),
      left: 2,
    },
    maxExpiresAt: iso(now, ends + 11 * DAY),
    rules: {
      default: { value: 172_800, rule: 'ttl.default' },
      max: { value: 14 * 86_400, rule: 'config.leases.rules[0].max' },
      extensions: { value: 3, rule: 'ttl.extensions.max' },
      extendBy: { value: 86_400, rule: 'ttl.extensions.by' },
      holdMax: { value: 604_800, rule: 'lease.hold.max' },
    },
  };
  const request: WaitingMoreTime = {
    id: 'request-1',
    environmentId: id,
    environmentName: 'shop-demo',
    owner: 'group:default/checkout',
    askedBy: 'user:default/jon',
    askedAt: iso(now, -2 * HOUR),
    until: iso(now, ends + 14 * DAY),
    expiresAt: iso(now, ends),
    reason:
      'The demonstration for the customer of customers has moved to the week after next, with all of the data as it is',
    limit: {
      code: 'lease.extension.too-long',
      message:
        "14 d more at once is over the 1 d that this portal's configuration allows (config.leases.rules[0].extensions.by).",
    },
    state: 'waiting',
    rights: { answer: true, withdraw: false },
  };
  const ledger = [
    entry(7, 'ask', 2 * HOUR, {
      actor: request.askedBy,
      reason: `asked for more time until ${request.until}: ${request.reason}`,
      rule: 'lease.extension.too-long',
    }),
    entry(6, 'activity', 4 * HOUR, {
      actor: 'system:activity',
      reason: 'used, which keeps it for 8 h',
      rule: 'idle.bump',
      expiresBefore: iso(now, ends - HOUR),
      detail: {
        signal: 'portal',
        at: iso(now, -4 * HOUR),
        by: 'user:default/mira',
        note: 'page opened',
      },
    }),
    entry(5, 'wake', 5 * HOUR, {
      actor: 'system:schedule',
      reason: 'Its schedule wakes it now.',
      rule: 'blueprint',
    }),
    entry(4, 'pause', 18 * HOUR, {
      actor: 'system:schedule',
      reason: 'Its schedule lets it sleep now.',
      rule: 'config.schedules.rules[12]',
    }),
    entry(3, 'extend', 20 * HOUR, {
      actor: 'user:default/jon',
      reason:
        'The demonstration for the customer of customers was moved to Friday, and nobody wants to set all of the data up again',
      rule: 'ttl.extensions.by',
      expiresBefore: iso(now, ends - DAY),
    }),
    entry(2, 'warning', DAY, {
      reason: 'It ends in 1 d.',
      rule: 'ttl.warnBefore',
      expiresBefore: iso(now, ends - DAY),
      expiresAfter: iso(now, ends - DAY),
    }),
    entry(1, 'grant', 2 * DAY, {
      actor: 'user:default/mira',
      expiresBefore: undefined,
      expiresAfter: iso(now, ends - DAY),
    }),
  ];
  const offer: ExtendOffer = {
    environmentId: id,
    environmentName: 'shop-demo',
    seconds: 86_400,
    reason: '2 d, the default of the blueprint',
    onExpiry: 'destroy',
    expiresAt: iso(now, ends),
    expiresAfter: iso(now, ends + DAY),
    components: [
      { id: 'database', resources: 6 },
      { id: 'app', resources: 1 },
    ],
  };
  const brake: LeaseBrake = {
    id: 'brake-1',
    revision: 3,
    since: iso(now, -HOUR / 2),
    dueAfter: iso(now, -30 * HOUR),
    dueUntil: iso(now, -HOUR / 2),
    falling: 31,
    living: 70,
    waiting: 28,
    owners: [{ owner: 'group:default/checkout', waiting: 28 }],
    ownersTotal: 1,
  };
  return {
    brake,
    ...sampleWhatIf(now),
    moreTime: [request, ...sampleMoreTime(now)],
    leases: { [id]: { ...lease, moreTime: request }, ...sampleSafeguards(now) },
    ledgers: { [id]: ledger },
    offers: { sample: offer },
  };
}

/** What the sample brake holds. */
export function sampleWaiting(
  environments: readonly Environment[],
  now: number,
): WaitingLease[] {
  return environments.slice(3, 31).map(({ id, name, owner }, index) => ({
    environmentId: id,
    environmentName: name,
    owner,
    stage: 'running',
    onExpiry: index % 4 === 0 ? 'pause' : 'destroy',
    dueAt: iso(now, -index * HOUR),
  }));
}

/** Others who ask: the reader themselves, and of what they may not answer. */
function sampleMoreTime(now: number): WaitingMoreTime[] {
  const one = (
    number: number,
    part: Pick<WaitingMoreTime, 'environmentName' | 'askedBy' | 'rights'>,
  ): WaitingMoreTime => ({
    id: `request-${number}`,
    environmentId: `env-${number}`,
    owner: 'group:default/payments',
    askedAt: iso(now, -number * HOUR),
    until: iso(now, 9 * DAY),
    expiresAt: iso(now, number * HOUR),
    reason: 'The load test runs over the weekend',
    limit: {
      code: 'lease.extension.limit',
      message:
        'It has been extended 3 times, and 3 is what this blueprint allows.',
    },
    state: 'waiting',
    ...part,
  });
  return [
    one(3, {
      environmentName: 'ledger-replay',
      askedBy: 'user:default/mira',
      rights: { answer: false, withdraw: true },
    }),
    one(4, {
      environmentName: 'pr-331',
      askedBy: 'user:default/ada',
      rights: { answer: false, withdraw: false },
    }),
  ];
}

/** What is held, protected and paused until its end, by the ids of the sample environments. */
function sampleSafeguards(
  now: number,
): Record<string, Partial<EnvironmentLease>> {
  const incident = {
    by: 'user:default/jon',
    reason:
      'Incident 42: orders of the customers of customers got lost on the way, and the only trace is in this queue',
    since: iso(now, -5 * HOUR),
  };
  const hold = { ...incident, until: iso(now, 3.2 * DAY) };
  const shown = {
    by: 'user:default/mira',
    reason: 'Shown to customers',
    since: iso(now, -40 * DAY),
  };
  return {
    'env-7': { hold },
    'env-6': {
      rights: EVERY_RIGHT,
      rules: {
        extendBy: { value: 86_400, rule: 'ttl.extensions.by' },
        holdMax: { value: 604_800, rule: 'lease.hold.max' },
      },
    },
    'env-5': {
      rights: EVERY_RIGHT,
      extension: {
        problem: {
          code: 'lease.extension.limit',
          message:
            'It has been extended 3 times, and 3 is what this blueprint allows.',
          remedy: 'Ask for more time.',
        },
      },
    },
    'env-1': { hold, dueAt: hold.until },
    'env-8': { protection: shown },
    'env-9': {
      stage: 'blocked',
      protection: { ...incident, reason: 'Evidence' },
      expiresAt: iso(now, -HOUR),
      dueAt: undefined,
    },
    'env-11': {
      stage: 'grace',
      onExpiry: 'pause',
      expiresAt: iso(now, -3 * HOUR),
      graceEndsAt: iso(now, 21 * HOUR),
      dueAt: iso(now, 21 * HOUR),
    },
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `env-${20 + index * 3}`,
        { onExpiry: 'pause' as const },
      ]),
    ),
  };
}
