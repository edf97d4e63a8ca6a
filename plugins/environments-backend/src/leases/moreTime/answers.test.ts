import { addSeconds } from '../../clock';
import { MIRA } from '../../testing/engine';
import { ADA, BO, DAY, WHY, useLab } from './__testUtils__/lab';

describe('answers to requests for more time', () => {
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

  it('are approved as an extension beyond the limits, which names both people', async () => {
    const request = await asked();
    const approval = { request, reason: 'go on' };
    const dry = await service().approve(
      lab.id,
      { ...approval, dryRun: true },
      ADA,
    );
    expect(dry.lease.expiresAt).toBe(wanted().toISOString());
    expect(await states()).toEqual(['waiting']);

    const { lease: after, entries } = await service().approve(
      lab.id,
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
        reason: `extended by 5 d beyond the limits: user:default/mira had asked for it: ${WHY.reason}; go on`,
        detail: { override: true, request, askedBy: 'user:default/mira' },
      },
    ]);
    const again = await service().approve(lab.id, approval, ADA, 'key');
    expect(again.entries).toEqual(entries);
    expect(await kinds()).toEqual(['grant', 'ask', 'extend']);
    expect(await audited()).toMatchObject([
      { action: 'environment.lease.asked' },
      { action: 'environment.lease.approved', actor: 'user:default/ada' },
    ]);
    await expectTrue();
    goPast(lab.end);
    expect(await lab.engine.rooms.sweep.tick(lab.engine.clock.now())).toBe(0);
  });

  it('count as no extension when the rules have become wider meanwhile', async () => {
    const request = await asked();
    // Within the limits by then, and due within one step.
    await lab.knex('lease_more_time').update({
      wanted_end: addSeconds(lab.end, DAY / 2),
    });
    const { lease: after } = await service().approve(lab.id, { request }, ADA);
    expect(after).toMatchObject({ extensionsUsed: 0 });
  });

  it('are declined with words, and then asked anew', async () => {
    const request = await asked();
    expect(
      await codeOf(service().decline(lab.id, { request, reason: ' ' }, ADA)),
    ).toBe('InputError lease.reason');
    const reason = 'a smaller one will do';
    const { lease: after } = await service().decline(
      lab.id,
      { request, reason },
      ADA,
    );
    expect(after).toMatchObject({
      expiresAt: lab.end.toISOString(),
      moreTime: {
        state: 'declined',
        answer: { by: 'user:default/ada', reason },
      },
    });
    lab.engine.clock.advance(1);
    await ask();
    expect(await states()).toEqual(['declined', 'waiting']);
    expect(await kinds()).toEqual(['grant', 'ask', 'decline', 'ask']);
    await expectTrue();
  });

  it('are withdrawn by whoever asked, and by nobody else', async () => {
    const request = await asked();
    expect(await codeOf(service().withdraw(lab.id, { request }, ADA))).toBe(
      'NotAllowedError lease.more-time.not-yours',
    );
    await service().withdraw(lab.id, { request }, MIRA);
    expect(await kinds()).toEqual(['grant', 'ask', 'withdraw']);
    expect(await codeOf(service().approve(lab.id, { request }, ADA))).toBe(
      'ConflictError lease.more-time.answered',
    );
    expect((await lease()).expiresAt).toBe(lab.end.toISOString());
    await expectTrue();
  });

  it('are not answered by whoever asked, whatever they may do', async () => {
    const request = await asked();
    const own = 'NotAllowedError lease.more-time.own';
    expect(await codeOf(service().approve(lab.id, { request }, MIRA))).toBe(
      own,
    );
    expect(
      await codeOf(service().decline(lab.id, { request, reason: 'x' }, MIRA)),
    ).toBe(own);
    expect(await states()).toEqual(['waiting']);
  });

  it('are found only with their own environment', async () => {
    const request = await asked();
    const other = (await lab.engine.create()).environment.id;
    expect(await codeOf(service().approve(other, { request }, ADA))).toBe(
      'NotFoundError lease.more-time.none',
    );
  });

  it('of two answers at once, one counts, and the other is told whose', async () => {
    const request = await asked();
    const answers = await Promise.all([
      messageOf(service().approve(lab.id, { request, reason: 'yes' }, ADA)),
      messageOf(service().decline(lab.id, { request, reason: 'no' }, BO)),
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
});
