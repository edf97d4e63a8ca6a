import { DriverAbortedError, DriverError, PlanGoneError } from '../../errors';
import { DriverContext } from '../../driver';
import { contextIn, useFolders } from './__testUtils__/context';
import {
  breaks,
  byAttempt,
  fails,
  hangs,
  inOrder,
  lies,
  makes,
  prints,
  printsMany,
  printsMegabytes,
  strays,
  takes,
  waitsFor,
} from './behaviours';
import { FaultDriver } from './driver';
import { doubledEffects } from './findings';
import { FaultScript } from './script';

describe('FaultDriver', () => {
  const folderOf = useFolders();
  const site = (given: Parameters<typeof contextIn>[1] = {}, folder = 'site') =>
    contextIn(folderOf(folder), given);
  const playing = (script: FaultScript) =>
    new FaultDriver({ scripts: { site: script } });
  /** Plans, and applies that plan. */
  const make = async (driver: FaultDriver, context: DriverContext) =>
    driver.apply(context, (await driver.plan(context, 'apply')).hash);

  it('goes well without a script', async () => {
    const driver = new FaultDriver();
    const { context, made } = site();
    const plan = await driver.plan(context, 'apply');
    expect(plan).toMatchObject({
      summary: { add: 1, change: 0, remove: 0 },
      hasChanges: true,
      changes: [
        {
          address: 'fault_thing.site',
          type: 'fault_thing',
          action: 'add',
          attributes: [{ path: 'size', after: 1 }],
        },
      ],
    });
    expect(driver.world.keys()).toEqual([]);
    expect(made).toEqual([]);

    const { resources } = await driver.apply(context, plan.hash);
    expect(driver.world.keys()).toEqual(['environment-1/site']);
    expect(made).toEqual(resources);
    expect((await driver.plan(context, 'apply')).hasChanges).toBe(false);
    expect(await driver.prove(context)).toEqual({
      gone: false,
      left: resources,
    });
    await driver.destroy(context);
    await driver.destroy(context);
    expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
  });

  it('plans changes and replacements with what differs, and keeps secrets to itself', async () => {
    const driver = playing({ sensitive: ['token'], replacedBy: ['zone'] });
    const given = { size: 1, zone: 'a', token: 'first' };
    const { context } = site({ component: { with: given } });
    const { resources: first } = await make(driver, context);
    const planned = (other: object) =>
      driver.plan(
        site({ component: { with: { ...given, ...other } } }).context,
        'apply',
      );

    const change = await planned({ size: 2, token: 'second' });
    expect(change).toMatchObject({
      summary: { add: 0, change: 1, remove: 0 },
      changes: [
        {
          action: 'change',
          attributes: [
            { path: 'size', before: 1, after: 2, sensitive: false },
            { path: 'token', sensitive: true },
          ],
        },
      ],
    });
    expect(JSON.stringify(change)).not.toMatch(/first|second/);

    const { context: other } = site({
      component: { with: { ...given, zone: 'b' } },
    });
    const replace = await driver.plan(other, 'apply');
    expect(replace).toMatchObject({
      summary: { add: 1, change: 0, remove: 1 },
      changes: [
        {
          action: 'replace',
          reason: expect.any(String),
          attributes: [{ path: 'zone', forcesReplacement: true }],
        },
      ],
    });
    const { resources } = await driver.apply(other, replace.hash);
    expect(resources).not.toEqual(first);
    expect(driver.world.everything()).toHaveLength(1);
  });

  it('plans a pause as a change', async () => {
    const driver = new FaultDriver();
    await make(driver, site().context);
    const { context } = site({ component: { paused: true } });
    expect((await driver.plan(context, 'apply')).changes).toMatchObject([
      { action: 'change', attributes: [{ path: 'paused', after: true }] },
    ]);
  });

  describe('applies a plan', () => {
    it('once, even when several try at the same time', async () => {
      const driver = new FaultDriver();
      const { context } = site();
      const { hash } = await driver.plan(context, 'apply');
      const tries = await Promise.allSettled(
        [1, 2, 3].map(() => driver.apply(context, hash)),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(
        1,
      );
      await expect(driver.apply(context, hash)).rejects.toThrow(PlanGoneError);
      expect(driver.world.everything()).toHaveLength(1);
    });

    it('only by its own hash, and leaves it where it is for who has that', async () => {
      const driver = new FaultDriver();
      const { context } = site();
      const { hash } = await driver.plan(context, 'apply');
      await expect(driver.apply(context, 'another')).rejects.toThrow(
        PlanGoneError,
      );
      await driver.apply(context, hash);
    });

    it.each<[string, (driver: FaultDriver) => Promise<unknown> | void]>([
      [
        'another applied',
        driver =>
          make(
            driver,
            site({ component: { with: { size: 3 } } }, 'other').context,
          ),
      ],
      [
        'another destroyed',
        driver => driver.destroy(site({}, 'other').context),
      ],
      [
        'something drifted',
        driver =>
          driver.world.drift('environment-1', 'site', 'fault_thing.site'),
      ],
    ])('not once %s, and changes nothing then', async (_what, move) => {
      const driver = new FaultDriver();
      await make(driver, site().context);
      const { context } = site({ component: { with: { size: 2 } } });
      const { hash } = await driver.plan(context, 'apply');
      await move(driver);
      const before = driver.world.everything();
      await expect(driver.apply(context, hash)).rejects.toThrow(PlanGoneError);
      expect(driver.world.everything()).toEqual(before);
    });

    it('not again when the first try failed and changed nothing', async () => {
      const driver = playing({ apply: byAttempt(fails()) });
      const { context } = site();
      const { hash } = await driver.plan(context, 'apply');
      await expect(driver.apply(context, hash)).rejects.toThrow(DriverError);
      await expect(driver.apply(context, hash)).rejects.toThrow(PlanGoneError);
      expect(driver.world.keys()).toEqual([]);
    });

    it('not when it was made for a destroy', async () => {
      const driver = new FaultDriver();
      const { context } = site();
      await make(driver, context);
      const { hash, summary } = await driver.plan(context, 'destroy');
      expect(summary).toEqual({ add: 0, change: 0, remove: 1 });
      await expect(driver.apply(context, hash)).rejects.toThrow(PlanGoneError);
      await driver.destroy(context);
      expect(driver.world.keys()).toEqual([]);
    });
  });

  it('adopts what the world is like, without changing it', async () => {
    const driver = new FaultDriver();
    const { context } = site();
    await make(driver, context);
    expect((await driver.plan(context, 'adopt')).hasChanges).toBe(false);
    driver.world.drift('environment-1', 'site', 'fault_thing.site', {
      size: 7,
    });
    const world = driver.world.everything();

    const plan = await driver.plan(context, 'adopt');
    expect(plan.changes).toMatchObject([
      { action: 'change', attributes: [{ before: 1, after: 7 }] },
    ]);
    await driver.apply(context, plan.hash);
    expect(driver.world.everything()).toEqual(world);
    expect((await driver.plan(context, 'adopt')).hasChanges).toBe(false);
    expect((await driver.plan(context, 'apply')).hasChanges).toBe(true);
  });

  it('gives the outputs of the script, computed from the `with` when it is a function', async () => {
    const driver = playing({
      outputs: given => ({ size: { value: given.size, sensitive: false } }),
    });
    expect((await make(driver, site().context)).outputs).toEqual({
      size: { value: 1, sensitive: false },
    });
  });

  it('keeps in the world what was made before a failure, and goes well in the next attempt', async () => {
    const driver = playing({
      apply: byAttempt(inOrder(makes('half'), fails({ code: 'no.quota' }))),
    });
    const { context, made } = site();
    await expect(make(driver, context)).rejects.toMatchObject({
      name: 'DriverError',
      problem: { code: 'no.quota', component: 'site' },
    });
    const { left } = await driver.prove(context);
    expect(left).toEqual([expect.objectContaining({ address: 'half' })]);
    expect(made).toEqual(left);
    await make(driver, context);
    expect(driver.calls.map(c => [c.action, c.attempt])).toEqual([
      ['plan', 1],
      ['apply', 1],
      ['prove', 1],
      ['plan', 2],
      ['apply', 2],
    ]);
  });

  it('leaves strays that no destroy finds, and a proof does', async () => {
    const driver = playing({ apply: inOrder(strays('lost'), fails()) });
    const { context, made } = site();
    await expect(make(driver, context)).rejects.toThrow(DriverError);
    await driver.destroy(context);
    expect(await driver.prove(context)).toEqual({ gone: false, left: made });
  });

  it('throws what a broken driver throws', async () => {
    const driver = playing({
      destroy: breaks(new TypeError('x is not a function')),
    });
    const failure = driver.destroy(site().context);
    await expect(failure).rejects.toThrow(TypeError);
    await expect(failure).rejects.not.toThrow(DriverError);
  });

  it('hangs until it is aborted, and a watcher knows when it began', async () => {
    const driver = playing({ apply: hangs() });
    const abort = new AbortController();
    const { context } = site({ signal: abort.signal });
    const applied = make(driver, context);
    expect(await driver.reached('site', 'apply')).toMatchObject({ attempt: 1 });
    abort.abort();
    await expect(applied).rejects.toThrow(DriverAbortedError);
    expect(driver.world.keys()).toEqual([]);
  });

  it('takes its time by the injected timer, and stops waiting when aborted', async () => {
    const waited: number[] = [];
    const driver = new FaultDriver({
      scripts: { site: { apply: takes(5000) } },
      timer: async ms => {
        waited.push(ms);
      },
    });
    await make(driver, site().context);
    expect(waited).toEqual([5000]);

    const abort = new AbortController();
    const slow = playing({ plan: takes(60_000) });
    const { context } = site({ signal: abort.signal });
    const planned = slow.plan(context, 'apply');
    await slow.reached('site', 'plan');
    abort.abort();
    await expect(planned).rejects.toThrow(DriverAbortedError);
  });

  it('can be deaf to the signal until a gate opens, and answers then', async () => {
    let open = () => {};
    const gate = new Promise<void>(resolve => {
      open = resolve;
    });
    const driver = playing({ apply: waitsFor(gate) });
    const abort = new AbortController();
    const applied = make(driver, site({ signal: abort.signal }).context);
    await driver.reached('site', 'apply');
    abort.abort();
    open();
    expect(await applied).toMatchObject({ outputs: {} });
  });

  it('prints the lines of its script, megabytes too', async () => {
    const driver = playing({ plan: inOrder(prints('a', 'b'), printsMany(2)) });
    const { context, lines } = site();
    await driver.plan(context, 'apply');
    expect(lines).toEqual(['a', 'b', 'line 1', 'line 2']);

    const loud = playing({ plan: printsMegabytes(2) });
    const { context: other, lines: many } = site();
    await loud.plan(other, 'apply');
    expect(many.join('')).toHaveLength(2 * 1024 * 1024);
  });

  it('answers the problems of its script', async () => {
    const problem = { code: 'fault.bad', message: 'bad' };
    expect(
      await playing({ problems: [problem] }).validate({
        component: { id: 'site', with: {}, folder: '/nowhere' },
        secrets: [],
        fetch: async () => ({ resolved: '', files: [] }),
        keep: () => {},
        sourcePath: 'site',
        signal: new AbortController().signal,
      }),
    ).toEqual([problem]);
  });

  it('says why it does nothing for a call that comes too late', async () => {
    const driver = new FaultDriver();
    const { context: late } = site();
    const { hash } = await driver.plan(late, 'apply');
    await driver.plan(site({ fence: 2 }, 'other').context, 'apply');
    await expect(driver.apply(late, hash)).rejects.toMatchObject({
      problem: { code: 'fault.fenced', component: 'site' },
    });
    expect(driver.world.keys()).toEqual([]);
  });

  describe('lies', () => {
    it('by doing everything twice, which its world shows', async () => {
      const driver = playing({ apply: lies('repeat-effect') });
      await make(driver, site().context);
      expect(doubledEffects(driver.world.journal())).toMatchObject([
        { environmentId: 'environment-1', component: 'site' },
      ]);
      expect(driver.world.everything()).toHaveLength(2);
    });

    it('by answering as if it had worked', async () => {
      const driver = playing({ apply: lies('skip-effect') });
      const { context, made } = site();
      expect((await make(driver, context)).resources).toHaveLength(1);
      expect([driver.world.keys(), made]).toEqual([[], []]);
    });

    it('by a removal that is none, and a proof of it', async () => {
      const driver = playing({
        destroy: lies('skip-effect'),
        prove: lies('claim-gone'),
      });
      const { context } = site();
      await make(driver, context);
      await driver.destroy(context);
      expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
      expect(driver.world.keys()).toEqual(['environment-1/site']);
    });

    it('by another hash for each plan, of which the last can be applied', async () => {
      const driver = playing({ plan: lies('change-hash') });
      const { context } = site();
      const { hash: first } = await driver.plan(context, 'apply');
      const { hash: second } = await driver.plan(context, 'apply');
      expect(second).not.toBe(first);
      await expect(driver.apply(context, first)).rejects.toThrow(PlanGoneError);
      await driver.apply(context, second);
    });

    it('by a plan without changes', async () => {
      const driver = playing({ plan: lies('claim-no-changes') });
      expect(await driver.plan(site().context, 'apply')).toMatchObject({
        hasChanges: false,
        changes: [],
        summary: { add: 0, change: 0, remove: 0 },
      });
    });
  });
});
