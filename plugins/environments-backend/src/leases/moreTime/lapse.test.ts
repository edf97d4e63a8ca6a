import { overtaken } from '../../testing/overtake';
import { destroyEntry } from '../expiry';
import { LeaseService } from '../service';
import { LeaseStore } from '../store';
import { ADA, BO, useLab } from './__testUtils__/lab';

describe('requests for more time that need no answer any more', () => {
  const lab = useLab();
  const {
    service,
    lease,
    wanted,
    ask,
    asked,
    codeOf,
    kinds,
    states,
    expectTrue,
    lapse,
    goPast,
  } = lab;

  it('are not approved once a sweep was faster, and lapse', async () => {
    const request = await asked();
    goPast(lab.end);
    const refused = await overtaken(
      lab.knex,
      async other => {
        await other('environments').where({ id: lab.id }).forUpdate();
        const { clock } = lab.engine;
        const store = new LeaseStore();
        const leases = new LeaseService({ store, clock, leaseRules: [] });
        const due = await store.lock(other, lab.id);
        await leases.record(other, lab.id, [destroyEntry(due)]);
      },
      () => codeOf(service().approve(lab.id, { request }, ADA)),
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
    goPast(lab.end);
    const [approved] = await Promise.all([
      codeOf(service().approve(lab.id, { request }, ADA)),
      lab.engine.rooms.sweep.tick(lab.engine.clock.now()),
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
    await lab.engine.submit(lab.id, { kind: 'destroy' });
    expect(await codeOf(service().approve(lab.id, { request }, ADA))).toBe(
      'ConflictError lease.ending',
    );
    expect(await codeOf(ask())).toBe('ConflictError lease.ending');
    await lab.engine.work();
    expect(await lapse()).toBe(1);
    expect(await states()).toEqual(['lapsed']);
    await expectTrue();
  });

  it('lapse when the lease reaches as far anyway, and can not be approved before that', async () => {
    const request = await asked();
    expect(await lapse()).toBe(0);
    await lab.engine.rooms.leaseCommands.extend(
      lab.id,
      { by: '6d', override: true, reason: 'by another way' },
      ADA,
    );
    expect(await codeOf(service().approve(lab.id, { request }, BO))).toBe(
      'ConflictError lease.more-time.over',
    );
    await Promise.all([lapse(), lapse()]);
    expect(await states()).toEqual(['lapsed']);
    expect(await kinds()).toEqual(['grant', 'ask', 'extend', 'lapse']);
  });

  it('lapse when the end that was asked for is over, though it is kept', async () => {
    await asked();
    await lab.engine.rooms.leaseSafeguards.protect(
      lab.id,
      { reason: 'shown' },
      ADA,
    );
    goPast(wanted());
    expect(await lapse()).toBe(1);
    expect((await lease()).moreTime?.answer?.reason).toContain(
      'that end is over',
    );
  });
});
