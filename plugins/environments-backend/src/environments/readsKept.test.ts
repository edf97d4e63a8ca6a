import { MIRA, OWNER } from '../testing/engine';
import { READER, useReadsLab } from './__testUtils__/readsLab';

describe('an environment that has read another one', () => {
  const lab = useReadsLab();
  const { create, operation, given, problems, seesOnly, give, destroy } = lab;

  /** One that sleeps at night, and reads for that, too. */
  const SLEEPER = READER('1.1.0')
    .replace(
      '    beside:',
      `      pause: {with: {color: '', other: '\${{ environments[inputs.database].outputs.url }}'}}
    beside:`,
    )
    .replace(
      '  ttl: {default: 1h}',
      "  schedule: {sleep: '0 19 * * *', wake: '0 8 * * *', timeZone: UTC}",
    );
  const PAUSED = { color: '', url: 'http://shop', other: 'http://shop' };

  it('is paused with the values that it has, and with none that never came to be its own', async () => {
    await lab.engine.blueprints.publish(SLEEPER);
    const { environment } = await create({}, '1.1.0');
    await lab.engine.create({ name: 'other-db' });
    await lab.engine.work();
    await destroy('shop-db');
    await lab.engine.submit(environment.id, { kind: 'pause' });
    await lab.engine.work();
    expect(given()).toEqual(PAUSED);

    await lab.engine.create({ name: 'shop-db' });
    await lab.engine.work();
    await lab.engine.submit(environment.id, { kind: 'resume' });
    await lab.engine.work();
    seesOnly(OWNER);
    const update = await lab.engine.submit(environment.id, {
      kind: 'update',
      inputs: { database: 'other-db', color: 'blue' },
    });
    await give('other-db');
    await lab.engine.work();
    expect((await operation(update)).state).toBe('failed');
    expect(given('beside')).toEqual({ color: 'blue' });
    expect(
      await problems(lab.engine.submit(environment.id, { kind: 'pause' })),
    ).toMatchObject([
      { code: 'environment.reference.unknown', field: '/inputs/database' },
    ]);
  });

  it('is paused with the values of an operation that the pause has to wait for', async () => {
    await lab.engine.blueprints.publish(SLEEPER);
    const { environment } = await create({}, '1.1.0');
    await lab.engine.submit(environment.id, {
      kind: 'pause',
      whenBusy: 'queue',
    });
    await lab.engine.work();
    expect(given()).toEqual(PAUSED);
  });

  it('sleeps and wakes with the values that it has, whatever has become of the other one', async () => {
    await lab.engine.blueprints.publish(SLEEPER);
    lab.engine.clock.goTo(new Date('2040-11-20T12:00:00Z'));
    const { environment } = await create({}, '1.1.0');
    await lab.engine.work();
    await destroy('shop-db');
    const at = async (time: string) => {
      lab.engine.clock.goTo(new Date(time));
      await lab.engine.rooms.scheduleSweep.tick(lab.engine.clock.now());
      await lab.engine.work();
      return lab.engine.rooms.environments.get(environment.id, MIRA);
    };
    await at('2040-11-20T13:00:00Z');

    expect((await at('2040-11-20T19:00:00Z')).state).toBe('paused');
    expect(given()).toEqual(PAUSED);
    expect(
      await problems(lab.engine.submit(environment.id, { kind: 'resume' })),
    ).toMatchObject([{ code: 'environment.reference.unknown' }]);
    expect(await at('2040-11-21T08:00:00Z')).toMatchObject({
      state: 'running',
      outputs: [{ value: 'of http://shop' }],
      latestOperation: { requestedBy: 'system:schedule' },
    });
    expect(given()).toMatchObject({ color: 'red', url: 'http://shop' });
  });

  it('is destroyed with what it was made of, when the other one is long gone', async () => {
    const { environment } = await create();
    await lab.engine.work();
    await destroy('shop-db');
    await lab.engine.submit(environment.id, { kind: 'destroy' });
    await lab.engine.work();
    expect(given()).toMatchObject({ url: 'http://shop' });
    const { state } = await lab.engine.rooms.environments.get(
      environment.id,
      MIRA,
    );
    expect(state).toBe('destroyed');
  });
});
