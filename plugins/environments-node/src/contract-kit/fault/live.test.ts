import { DriverAbortedError, DriverError } from '../../errors';
import { DriverTarget } from '../../live';
import { contextIn, useFolders } from './__testUtils__/context';
import { byAttempt, fails, inOrder, strays } from './behaviours';
import { FaultDriver } from './driver';
import { FaultScript } from './script';

describe('FaultLive', () => {
  const folderOf = useFolders();
  const { signal } = new AbortController();
  const target = (component = 'site'): DriverTarget => ({
    environment: contextIn('').context.environment,
    component,
  });
  const playing = (script: FaultScript = {}) =>
    new FaultDriver({ scripts: { site: script } });
  async function make(driver: FaultDriver, given = {}) {
    const { context } = contextIn(folderOf('site'), {
      component: { with: { size: 1, ...given } },
    });
    const { hash } = await driver.plan(context, 'apply');
    await driver.apply(context, hash);
  }
  const drift = (driver: FaultDriver, attributes?: { size: number }) =>
    driver.world.drift('environment-1', 'site', 'fault_thing.site', attributes);

  it('sees what was made, and leaves out what is not there', async () => {
    const driver = playing();
    const targets = [target('other'), target()];
    expect(await driver.live.observe(targets, signal)).toEqual({
      seen: [],
      problems: [],
    });
    expect(await driver.live.inspect(target(), signal)).toBeUndefined();
    await make(driver);
    const { seen } = await driver.live.observe(targets, signal);
    expect(seen).toMatchObject([
      { target: target(), name: 'blue-site', sync: 'synced' },
    ]);
  });

  it('tells what differs from what was applied, until it is synced', async () => {
    const driver = playing({ sensitive: ['token'] });
    await make(driver, { token: 'hunter2' });
    drift(driver, { size: 9 });
    const seen = await driver.live.inspect(target(), signal);
    expect(seen).toMatchObject({
      sync: 'outOfSync',
      health: 'healthy',
      resources: [{ name: 'fault_thing.site', sync: 'outOfSync' }],
      changes: [{ attributes: [{ path: 'size', before: 1, after: 9 }, {}] }],
    });
    expect(JSON.stringify(seen)).not.toContain('hunter2');
    await driver.live.sync(target(), 'user:default/ann', signal);
    const after = await driver.live.inspect(target(), signal);
    expect(after).toMatchObject({ sync: 'synced', changes: [] });
  });

  it('tells what is missing, and what nobody knows of', async () => {
    const loses = inOrder(strays('stray'), fails());
    const driver = playing({ apply: byAttempt(loses) });
    await expect(make(driver)).rejects.toThrow(DriverError);
    await make(driver);
    drift(driver);
    expect(await driver.live.inspect(target(), signal)).toMatchObject({
      sync: 'outOfSync',
      health: 'missing',
      resources: [],
      orphaned: [{ name: 'stray' }],
    });
    await driver.live.sync(target(), 'user:default/ann', signal);
    expect(await driver.live.inspect(target(), signal)).toMatchObject({
      health: 'healthy',
      orphaned: [{ name: 'stray' }],
    });
  });

  it('goes back to what was applied before, which is out of sync then', async () => {
    const driver = playing();
    await make(driver);
    await make(driver, { size: 2 });
    const { history } = (await driver.live.inspect(target(), signal))!;
    expect(history).toHaveLength(2);
    const [, { id }] = history;
    await driver.live.rollback(target(), id, 'user:default/ann', signal);
    const back = await driver.live.inspect(target(), signal);
    expect(back).toMatchObject({
      sync: 'outOfSync',
      changes: [{ attributes: [{ path: 'size', before: 2, after: 1 }] }],
    });
    expect(driver.live.calls.at(-2)).toEqual({
      action: 'rollback',
      environmentId: 'environment-1',
      component: 'site',
      by: 'user:default/ann',
      to: id,
    });
    await expect(
      driver.live.rollback(target(), 'none', 'user:default/ann', signal),
    ).rejects.toThrow(DriverError);
  });

  it('shows and fails as its script says, and tells each cause once', async () => {
    const driver = playing({ live: { shows: { sync: 'unknown' } } });
    await make(driver);
    const seen = await driver.live.inspect(target(), signal);
    expect(seen).toMatchObject({ sync: 'unknown' });
    const problem = { code: 'fault.away', message: 'Away' };
    driver.script('site', {
      live: {
        asked: () => {
          throw new DriverError(problem);
        },
      },
    });
    const twice = [target(), target()];
    expect(await driver.live.observe(twice, signal)).toEqual({
      seen: [],
      problems: [problem],
    });
    await expect(driver.live.inspect(target(), signal)).rejects.toThrow('Away');
    await expect(
      driver.live.sync(target(), 'user:default/ann', AbortSignal.abort()),
    ).rejects.toThrow(DriverAbortedError);
  });
});
