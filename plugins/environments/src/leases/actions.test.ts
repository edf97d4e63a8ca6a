import { EnvironmentLease } from '@greenroom/plugin-environments-common';
import {
  blockedAction,
  LEASE_ACTIONS,
  LeaseAction,
  offeredActions,
} from './actions';

const SAFEGUARD = {
  since: '2026-11-19T12:00:00.000Z',
  by: 'user:default/mira',
  reason: 'Incident 42',
};

function leaseOf(part: Partial<EnvironmentLease> = {}): EnvironmentLease {
  return {
    environmentId: 'env-1',
    environmentName: 'shop-demo',
    grantedAt: '2026-11-19T10:00:00.000Z',
    expiresAt: '2026-11-20T10:00:00.000Z',
    onExpiry: 'destroy',
    reason: 'the usual',
    stage: 'running',
    rule: 'ttl.default',
    extensionsUsed: 0,
    revision: 1,
    rules: {
      max: { value: 604_800, rule: 'ttl.max' },
      holdMax: { value: 604_800, rule: 'lease.hold.max' },
    },
    extension: {},
    rights: { extend: true, override: true, hold: true, protect: true },
    ...part,
  };
}

const blocked = (lease: EnvironmentLease) =>
  Object.fromEntries(
    LEASE_ACTIONS.flatMap((action): [LeaseAction, string][] => {
      const why = blockedAction(lease, action);
      return why ? [[action, why]] : [];
    }),
  );

describe('what may be done about a lease', () => {
  it('is everything while it runs, for whoever may', () => {
    expect(blocked(leaseOf())).toEqual({});
  });

  it('waits for the lease', () => {
    expect(blockedAction(undefined, 'hold')).toBe('Its lease is being read.');
  });

  it('is nothing but lifting a protection while it is destroyed', () => {
    const extension = {
      problem: { code: 'lease.ending', message: 'The end is near.' },
    };
    expect(
      Object.keys(blocked(leaseOf({ stage: 'ending', extension }))),
    ).toEqual(LEASE_ACTIONS.filter(action => action !== 'unprotect'));
    expect(Object.keys(blocked(leaseOf({ stage: 'ended' })))).toEqual(
      LEASE_ACTIONS,
    );
  });

  it('is not to shorten it once its time is up', () => {
    expect(blocked(leaseOf({ stage: 'grace' }))).toEqual({
      shorten: 'Its time is up already.',
    });
  });

  it('is neither to hold nor to extend what does not expire', () => {
    expect(blocked(leaseOf({ expiresAt: undefined }))).toEqual({
      ask: 'It does not expire.',
      override: 'It does not expire.',
      hold: 'It does not expire.',
    });
  });

  it('is not to ask for more time twice, nor where nothing limits it', () => {
    const { rules, ...rest } = leaseOf();
    const { holdMax } = rules;
    expect(blocked({ ...rest, rules: { holdMax } })).toEqual({
      ask: 'Nothing limits how far it is extended.',
    });
    const moreTime = { state: 'waiting' } as EnvironmentLease['moreTime'];
    expect(blocked(leaseOf({ moreTime }))).toEqual({
      ask: 'Somebody has asked, and waits for the answer.',
    });
  });

  it('takes a right of its own for each', () => {
    const none = {
      extend: false,
      override: false,
      hold: false,
      protect: false,
    };
    expect(Object.keys(blocked(leaseOf({ rights: none })))).toEqual(
      LEASE_ACTIONS,
    );
  });

  it('offers to lift what is there', () => {
    expect(offeredActions(leaseOf())).not.toContain('release');
    const kept = leaseOf({
      hold: { ...SAFEGUARD, until: '2026-11-21T10:00:00.000Z' },
      protection: SAFEGUARD,
    });
    expect(offeredActions(kept)).toEqual(
      LEASE_ACTIONS.filter(action => action !== 'protect'),
    );
  });
});
