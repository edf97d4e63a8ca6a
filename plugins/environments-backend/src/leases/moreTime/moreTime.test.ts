import { Knex } from 'knex';
import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentReadPermission,
  environmentUpdatePermission,
  leaseOverridePermission,
} from '@greenroom/plugin-environments-common';
import { addSeconds, momentOf } from '../../clock';
import { ONE_COMPONENT_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../../testing/engine';
import { overtaken } from '../../testing/overtake';
import { destroyEntry } from '../expiry';
import { project } from '../ledger';
import { LedgerStore } from '../ledgerStore';
import { LeaseService } from '../service';
import { LeaseStore } from '../store';

jest.setTimeout(60_000);

const DAY = 86_400;
const BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'name: single',
  'name: limited',
).replace('default: 2m', 'default: 1d, max: 3d, extensions: {max: 1, by: 1d}');
const ADA = mockCredentials.user('user:default/ada');
const BO = mockCredentials.user('user:default/bo');
const DENY = { result: AuthorizeResult.DENY } as const;

describe('requests for more time', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let knex: Knex;
  let id: string;
  let name: string;
  let end: Date;

  beforeEach(async () => {
    knex = await databases.create();
    engine = await startTestEngine(knex);
    await engine.blueprints.publish(BLUEPRINT);
    const { environment } = await engine.create({
      blueprint: 'limited',
      inputs: {},
    });
    await engine.work();
    ({ id, name } = environment);
    end = momentOf(environment.lease.expiresAt!);
  });
  afterEach(() => engine.stop());

  const service = () => engine.rooms.moreTime;
  const lease = (credentials = MIRA) =>
    engine.rooms.leaseReader.get(id, credentials);
  const why = { reason: 'the demo is on Monday' };
  const wanted = () => addSeconds(end, 5 * DAY);
  const ask = (more = {}, key?: string) =>
    service().ask(
      id,
      { until: wanted().toISOString(), ...why, ...more },
      MIRA,
      key,
    );
  const asked = async () => {
    const { lease: after } = await ask();
    return after.moreTime!.id;
  };
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      error => `${error.name} ${error.problems?.[0]?.code}`,
    );
  const messageOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      error => String(error.message),
    );
  const kinds = () =>
    knex('lease_entries')
      .where({ environment_id: id })
      .orderBy('id')
      .pluck('kind');
  const states = () =>
    knex('lease_more_time')
      .where({ environment_id: id })
      .orderBy(['asked_at', 'state'])
      .pluck('state');
  const audited = () =>
    knex('audit_entries')
      .whereLike('action', 'environment.lease.%')
      .orderBy('id')
      .select('action', 'actor');
  /** The lease is what its ledger comes to. */
  const expectTrue = async () => {
    const ledgers = await new LedgerStore().ledgers(knex, [id]);
    expect(project(ledgers.get(id)!)).toEqual(
      await new LeaseStore().get(knex, id),
    );
  };
  const lapse = () => engine.rooms.moreTimeLapse.tick(engine.clock.now());
  const goPast = (moment: Date) => engine.clock.goTo(addSeconds(moment, 1));

  it('stand with the lease, and move nothing', async () => {
    const before = await lease();
    const { entries, lease: after } = await ask();
    expect(after).toMatchObject({
      expiresAt: before.expiresAt,
      maxExpiresAt: before.maxExpiresAt,
      extensionsUsed: 0,
      revision: before.revision + 1,
      moreTime: {
        environmentName: name,
        askedBy: 'user:default/mira',
        until: wanted().toISOString(),
        ...why,
        limit: {
          code: 'lease.extension.too-long',
          message:
            '5 d more at once is over the 1 d that this blueprint allows.',
        },
        state: 'waiting',
        rights: { answer: false, withdraw: true },
      },
    });
    expect(entries).toMatchObject([
      {
        kind: 'ask',
        actor: 'user:default/mira',
        reason: `asked for more time until ${wanted().toISOString()}: ${why.reason}`,
        expiresAfter: before.expiresAt,
      },
    ]);
    expect((await lease(ADA)).moreTime?.rights).toEqual({
      answer: true,
      withdraw: false,
    });
    expect(await audited()).toEqual([
      { action: 'environment.lease.asked', actor: 'user:default/mira' },
    ]);
    await expectTrue();
    // The lease ends as it would have.
    goPast(end);
    expect(await engine.rooms.sweep.tick(engine.clock.now())).toBe(1);
  });

  it('name the limit that is in the way: of extensions, of the maximum', async () => {
    await engine.rooms.leaseCommands.extend(id, { by: '1h' }, MIRA);
    expect((await ask()).lease.moreTime?.limit).toEqual({
      code: 'lease.extension.limit',
      message:
        'It has been extended 1 times, and 1 is what this blueprint allows.',
    });
    const other = await engine.create({
      blueprint: 'limited',
      inputs: {},
      ttl: '60h',
    });
    const { lease: beyond } = await service().ask(
      other.environment.id,
      { by: '23h', ...why },
      MIRA,
    );
    expect(beyond.moreTime?.limit).toMatchObject({
      code: 'lease.maximum.reached',
      message: `It may not be extended beyond ${beyond.maxExpiresAt}, the latest that this blueprint allows.`,
    });
  });

  it('are not for what the limits allow, nor for what nobody may have', async () => {
    expect(await codeOf(ask({ until: undefined, by: '1d' }))).toBe(
      'ConflictError lease.more-time.not-needed',
    );
    const tooFar = addSeconds(end, 4000 * DAY).toISOString();
    expect(await codeOf(ask({ until: tooFar }))).toBe(
      'ConflictError lease.more-time.too-far',
    );
    expect(await codeOf(ask({ until: end.toISOString() }))).toBe(
      'ConflictError lease.extension.not-later',
    );
    expect(await codeOf(ask({ reason: '  ' }))).toBe('InputError lease.reason');
    expect(await kinds()).toEqual(['grant']);
    expect(await states()).toEqual([]);
  });

  it('wait one at a time', async () => {
    const both = await Promise.all([codeOf(ask()), codeOf(ask())]);
    expect(both.sort()).toEqual([
      'ConflictError lease.more-time.waiting',
      'done',
    ]);
    expect(await messageOf(ask())).toMatch(
      /^user:default\/mira asked for more time until .* the demo is on Monday$/,
    );
    expect(await states()).toEqual(['waiting']);
    await expect(
      knex('lease_more_time').insert(
        knex('lease_more_time').select(
          knex.raw('gen_random_uuid()'),
          ...['environment_id', 'asked_by', 'asked_at', 'wanted_end', 'reason'],
          ...['limit_in_the_way', 'state'],
        ),
      ),
    ).rejects.toThrow();
  });

  it('are tried dry, and asked once under one key', async () => {
    expect((await ask({ dryRun: true })).entries).toMatchObject([
      { kind: 'ask' },
    ]);
    expect(await kinds()).toEqual(['grant']);
    const first = await ask({}, 'key-1');
    const again = await ask({}, 'key-1');
    expect(again.entries).toEqual(first.entries);
    expect(await states()).toEqual(['waiting']);
    expect(await codeOf(ask({ reason: 'another' }, 'key-1'))).toMatch(
      /^ConflictError .*idempotency/i,
    );
    expect(await codeOf(ask({ revision: 1 }, 'key-2'))).toBe(
      'ConflictError lease.changed',
    );
  });

  it('are approved as an extension beyond the limits, which names both people', async () => {
    const request = await asked();
    const approval = { request, reason: 'go on' };
    const dry = await service().approve(id, { ...approval, dryRun: true }, ADA);
    expect(dry.lease.expiresAt).toBe(wanted().toISOString());
    expect(await states()).toEqual(['waiting']);

    const { lease: after, entries } = await service().approve(
      id,
      approval,
      ADA,
      'key',
    );
    expect(after).toMatchObject({
      expiresAt: wanted().toISOString(),
      maxExpiresAt: wanted().toISOString(),
      extensionsUsed: 0,
      moreTime: {
        state: 'approved',
        answer: { by: 'user:default/ada', reason: 'go on' },
        rights: { answer: false, withdraw: false },
      },
    });
    expect(entries).toMatchObject([
      {
        kind: 'extend',
        actor: 'user:default/ada',
        rule: 'lease.approved',
        reason: `extended by 5 d beyond the limits: user:default/mira had asked for it: ${why.reason}; go on`,
        detail: { override: true, request, askedBy: 'user:default/mira' },
      },
    ]);
    const again = await service().approve(id, approval, ADA, 'key');
    expect(again.entries).toEqual(entries);
    expect(await kinds()).toEqual(['grant', 'ask', 'extend']);
    expect(await audited()).toMatchObject([
      { action: 'environment.lease.asked' },
      { action: 'environment.lease.approved', actor: 'user:default/ada' },
    ]);
    await expectTrue();
    goPast(end);
    expect(await engine.rooms.sweep.tick(engine.clock.now())).toBe(0);
  });

  it('count as no extension when the rules have become wider meanwhile', async () => {
    const request = await asked();
    // Within the limits by then, and due within one step.
    await knex('lease_more_time').update({
      wanted_end: addSeconds(end, DAY / 2),
    });
    const { lease: after } = await service().approve(id, { request }, ADA);
    expect(after).toMatchObject({ extensionsUsed: 0 });
  });

  it('are declined with words, and then asked anew', async () => {
    const request = await asked();
    expect(
      await codeOf(service().decline(id, { request, reason: ' ' }, ADA)),
    ).toBe('InputError lease.reason');
    const reason = 'a smaller one will do';
    const { lease: after } = await service().decline(
      id,
      { request, reason },
      ADA,
    );
    expect(after).toMatchObject({
      expiresAt: end.toISOString(),
      moreTime: {
        state: 'declined',
        answer: { by: 'user:default/ada', reason },
      },
    });
    engine.clock.advance(1);
    await ask();
    expect(await states()).toEqual(['declined', 'waiting']);
    expect(await kinds()).toEqual(['grant', 'ask', 'decline', 'ask']);
    await expectTrue();
  });

  it('are withdrawn by whoever asked, and by nobody else', async () => {
    const request = await asked();
    expect(await codeOf(service().withdraw(id, { request }, ADA))).toBe(
      'NotAllowedError lease.more-time.not-yours',
    );
    await service().withdraw(id, { request }, MIRA);
    expect(await kinds()).toEqual(['grant', 'ask', 'withdraw']);
    expect(await codeOf(service().approve(id, { request }, ADA))).toBe(
      'ConflictError lease.more-time.answered',
    );
    expect((await lease()).expiresAt).toBe(end.toISOString());
    await expectTrue();
  });

  it('are not answered by whoever asked, whatever they may do', async () => {
    const request = await asked();
    const own = 'NotAllowedError lease.more-time.own';
    expect(await codeOf(service().approve(id, { request }, MIRA))).toBe(own);
    expect(
      await codeOf(service().decline(id, { request, reason: 'x' }, MIRA)),
    ).toBe(own);
    expect(await states()).toEqual(['waiting']);
  });

  it('take the permission to extend, and answers that to go beyond the limits', async () => {
    const { byPermission } = engine.policy;
    byPermission[environmentUpdatePermission.name] = DENY;
    expect(await codeOf(ask())).toBe('NotAllowedError environment.not-allowed');
    delete byPermission[environmentUpdatePermission.name];
    const request = await asked();
    byPermission[leaseOverridePermission.name] = DENY;
    for (const dryRun of [true, false]) {
      const answer = { request, reason: 'x', dryRun };
      const refused = 'NotAllowedError lease.not-allowed';
      expect(await codeOf(service().approve(id, answer, ADA))).toBe(refused);
      expect(await codeOf(service().decline(id, answer, ADA))).toBe(refused);
    }
    expect((await lease(ADA)).moreTime?.rights.answer).toBe(false);
    expect((await service().waiting({}, ADA)).items[0].rights).toEqual({
      answer: false,
      withdraw: false,
    });
    byPermission[environmentReadPermission.name] = DENY;
    const missing = 'NotFoundError environment.not-found';
    expect(await codeOf(ask())).toBe(missing);
    expect(await codeOf(service().approve(id, { request }, ADA))).toBe(missing);
    expect(await codeOf(service().withdraw(id, { request }, MIRA))).toBe(
      missing,
    );
    expect(await service().waiting({}, ADA)).toMatchObject({
      items: [],
      total: 0,
    });
  });

  it('are found only with their own environment', async () => {
    const request = await asked();
    const other = (await engine.create()).environment.id;
    expect(await codeOf(service().approve(other, { request }, ADA))).toBe(
      'NotFoundError lease.more-time.none',
    );
  });

  it('of two answers at once, one counts, and the other is told whose', async () => {
    const request = await asked();
    const answers = await Promise.all([
      messageOf(service().approve(id, { request, reason: 'yes' }, ADA)),
      messageOf(service().decline(id, { request, reason: 'no' }, BO)),
    ]);
    const [first, second] =
      answers[0] === 'done' ? ['ada', answers[1]] : ['bo', answers[0]];
    expect(answers).toContain('done');
    expect(second).toMatch(
      new RegExp(
        `^user:default/${first} was faster: it was (approved|declined) at`,
      ),
    );
    expect(await kinds()).toHaveLength(3);
    await expectTrue();
  });

  it('are not approved once a sweep was faster, and lapse', async () => {
    const request = await asked();
    goPast(end);
    const refused = await overtaken(
      knex,
      async other => {
        await other('environments').where({ id }).forUpdate();
        const { clock } = engine;
        const store = new LeaseStore();
        const leases = new LeaseService({ store, clock, leaseRules: [] });
        const due = await store.lock(other, id);
        await leases.record(other, id, [destroyEntry(due)]);
      },
      () => codeOf(service().approve(id, { request }, ADA)),
    );
    expect(refused).toBe('ConflictError lease.more-time.over');
    expect(await lapse()).toBe(1);
    expect(await lapse()).toBe(0);
    expect(await kinds()).toEqual(['grant', 'ask', 'expiry', 'lapse']);
    expect((await lease()).moreTime).toMatchObject({
      state: 'lapsed',
      answer: {
        by: 'system:lease',
        reason:
          'What was asked for is not needed any more: the environment is being destroyed.',
      },
    });
    await expectTrue();
  });

  it('either keep the sweep from ending it, or come too late', async () => {
    const request = await asked();
    goPast(end);
    const [approved] = await Promise.all([
      codeOf(service().approve(id, { request }, ADA)),
      engine.rooms.sweep.tick(engine.clock.now()),
    ]);
    const { stage } = await lease();
    expect([approved, stage]).toEqual(
      approved === 'done'
        ? ['done', 'running']
        : ['ConflictError lease.ending', 'ending'],
    );
    await expectTrue();
  });

  it('are refused while somebody destroys the environment by hand', async () => {
    const request = await asked();
    await engine.submit(id, { kind: 'destroy' });
    expect(await codeOf(service().approve(id, { request }, ADA))).toBe(
      'ConflictError lease.ending',
    );
    expect(await codeOf(ask())).toBe('ConflictError lease.ending');
    await engine.work();
    expect(await lapse()).toBe(1);
    expect(await states()).toEqual(['lapsed']);
    await expectTrue();
  });

  it('lapse when the lease reaches as far anyway, and can not be approved before that', async () => {
    const request = await asked();
    expect(await lapse()).toBe(0);
    await engine.rooms.leaseCommands.extend(
      id,
      { by: '6d', override: true, reason: 'by another way' },
      ADA,
    );
    expect(await codeOf(service().approve(id, { request }, BO))).toBe(
      'ConflictError lease.more-time.over',
    );
    await Promise.all([lapse(), lapse()]);
    expect(await states()).toEqual(['lapsed']);
    expect(await kinds()).toEqual(['grant', 'ask', 'extend', 'lapse']);
  });

  it('lapse when the end that was asked for is over, though it is kept', async () => {
    await asked();
    await engine.rooms.leaseSafeguards.protect(id, { reason: 'shown' }, ADA);
    goPast(wanted());
    expect(await lapse()).toBe(1);
    expect((await lease()).moreTime?.answer?.reason).toContain(
      'that end is over',
    );
  });

  it('are listed page by page, the oldest first, by whose they are', async () => {
    const ids = [id];
    await asked();
    for (let count = 0; count < 2; count += 1) {
      engine.clock.advance(60);
      const { environment } = await engine.create({
        blueprint: 'limited',
        inputs: {},
      });
      ids.push(environment.id);
      await service().ask(environment.id, { by: '5d', ...why }, MIRA);
    }
    const first = await service().waiting({ limit: 2 }, ADA);
    expect(first).toMatchObject({
      total: 3,
      items: [
        {
          environmentId: ids[0],
          environmentName: name,
          owner: 'group:default/checkout',
          expiresAt: end.toISOString(),
          rights: { answer: true, withdraw: false },
        },
        { environmentId: ids[1] },
      ],
    });
    const { nextCursor: cursor } = first;
    const second = await service().waiting({ limit: 2, cursor }, ADA);
    expect(second.items).toMatchObject([{ environmentId: ids[2] }]);
    expect(second.nextCursor).toBeUndefined();
    const owner = ['group:default/others'];
    expect(await service().waiting({ owner }, ADA)).toMatchObject({ total: 0 });
    const { items } = await service().waiting({ search: name }, MIRA);
    expect(items).toMatchObject([{ rights: { withdraw: true } }]);
  });
});
