import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentReadPermission,
  environmentUpdatePermission,
  leaseOverridePermission,
} from '@greenroom/plugin-environments-common';
import { addSeconds } from '../../clock';
import { MIRA } from '../../testing/engine';
import { ADA, DAY, WHY, useLab } from './__testUtils__/lab';

const DENY = { result: AuthorizeResult.DENY } as const;

describe('requests for more time', () => {
  const lab = useLab();
  const {
    service,
    lease,
    wanted,
    ask,
    asked,
    codeOf,
    messageOf,
    kinds,
    states,
    audited,
    expectTrue,
    goPast,
  } = lab;

  it('stand with the lease, and move nothing', async () => {
    const before = await lease();
    const { entries, lease: after } = await ask();
    expect(after).toMatchObject({
      expiresAt: before.expiresAt,
      maxExpiresAt: before.maxExpiresAt,
      extensionsUsed: 0,
      revision: before.revision + 1,
      moreTime: {
        environmentName: lab.name,
        askedBy: 'user:default/mira',
        until: wanted().toISOString(),
        ...WHY,
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
        reason: `asked for more time until ${wanted().toISOString()}: ${WHY.reason}`,
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
    goPast(lab.end);
    expect(await lab.engine.rooms.sweep.tick(lab.engine.clock.now())).toBe(1);
  });

  it('name the limit that is in the way: of extensions, of the maximum', async () => {
    await lab.engine.rooms.leaseCommands.extend(lab.id, { by: '1h' }, MIRA);
    expect((await ask()).lease.moreTime?.limit).toEqual({
      code: 'lease.extension.limit',
      message:
        'It has been extended 1 times, and 1 is what this blueprint allows.',
    });
    const other = await lab.engine.create({
      blueprint: 'limited',
      inputs: {},
      ttl: '60h',
    });
    const { lease: beyond } = await service().ask(
      other.environment.id,
      { by: '23h', ...WHY },
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
    const tooFar = addSeconds(lab.end, 4000 * DAY).toISOString();
    expect(await codeOf(ask({ until: tooFar }))).toBe(
      'ConflictError lease.more-time.too-far',
    );
    expect(await codeOf(ask({ until: lab.end.toISOString() }))).toBe(
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
      lab
        .knex('lease_more_time')
        .insert(
          lab
            .knex('lease_more_time')
            .select(
              lab.knex.raw('gen_random_uuid()'),
              ...[
                'environment_id',
                'asked_by',
                'asked_at',
                'wanted_end',
                'reason',
              ],
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

  it('take the permission to extend, and answers that to go beyond the limits', async () => {
    const { byPermission } = lab.engine.policy;
    byPermission[environmentUpdatePermission.name] = DENY;
    expect(await codeOf(ask())).toBe('NotAllowedError environment.not-allowed');
    delete byPermission[environmentUpdatePermission.name];
    const request = await asked();
    byPermission[leaseOverridePermission.name] = DENY;
    for (const dryRun of [true, false]) {
      const answer = { request, reason: 'x', dryRun };
      const refused = 'NotAllowedError lease.not-allowed';
      expect(await codeOf(service().approve(lab.id, answer, ADA))).toBe(
        refused,
      );
      expect(await codeOf(service().decline(lab.id, answer, ADA))).toBe(
        refused,
      );
    }
    expect((await lease(ADA)).moreTime?.rights.answer).toBe(false);
    expect((await service().waiting({}, ADA)).items[0].rights).toEqual({
      answer: false,
      withdraw: false,
    });
    byPermission[environmentReadPermission.name] = DENY;
    const missing = 'NotFoundError environment.not-found';
    expect(await codeOf(ask())).toBe(missing);
    expect(await codeOf(service().approve(lab.id, { request }, ADA))).toBe(
      missing,
    );
    expect(await codeOf(service().withdraw(lab.id, { request }, MIRA))).toBe(
      missing,
    );
    expect(await service().waiting({}, ADA)).toMatchObject({
      items: [],
      total: 0,
    });
  });

  it('are listed page by page, the oldest first, by whose they are', async () => {
    const ids = [lab.id];
    await asked();
    for (let count = 0; count < 2; count += 1) {
      lab.engine.clock.advance(60);
      const { environment } = await lab.engine.create({
        blueprint: 'limited',
        inputs: {},
      });
      ids.push(environment.id);
      await service().ask(environment.id, { by: '5d', ...WHY }, MIRA);
    }
    const first = await service().waiting({ limit: 2 }, ADA);
    expect(first).toMatchObject({
      total: 3,
      items: [
        {
          environmentId: ids[0],
          environmentName: lab.name,
          owner: 'group:default/checkout',
          expiresAt: lab.end.toISOString(),
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
    const { items } = await service().waiting({ search: lab.name }, MIRA);
    expect(items).toMatchObject([{ rights: { withdraw: true } }]);
  });
});
