import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DriverContext } from '../driver';
import { DriverAbortedError, DriverError } from '../errors';
import {
  breaks,
  byAttempt,
  fails,
  hangs,
  inOrder,
  makes,
  prints,
  printsMany,
  takes,
  waitsFor,
} from './faultBehaviours';
import { FaultDriver } from './faultDriver';
import { FileFaultWorld } from './faultWorld';

function contextOf(given: Partial<DriverContext> = {}) {
  const lines: string[] = [];
  const context: DriverContext = {
    operationId: 'operation-1',
    environment: {
      id: 'environment-1',
      name: 'blue',
      owner: 'user:default/ann',
      type: 'sandbox',
    },
    component: { id: 'site', with: { size: 1 }, folder: '/nowhere' },
    state: {
      address: '',
      lockAddress: '',
      unlockAddress: '',
      username: '',
      password: '',
    },
    log: line => lines.push(line.text),
    signal: new AbortController().signal,
    ...given,
  };
  return { context, lines };
}

describe('FaultDriver', () => {
  it('goes well without a script, and a repeated call changes nothing', async () => {
    const driver = new FaultDriver();
    const { context } = contextOf();
    expect(await driver.plan(context)).toMatchObject({
      summary: { add: 1, change: 0, remove: 0 },
      hasChanges: true,
    });
    expect(driver.world.keys()).toEqual([]);
    const first = await driver.apply(context);
    expect(await driver.apply(context)).toEqual(first);
    expect(driver.world.keys()).toEqual(['environment-1/site']);
    expect((await driver.plan(context)).hasChanges).toBe(false);
    expect(await driver.prove(context)).toMatchObject({ gone: false });
    await driver.destroy(context);
    await driver.destroy(context);
    expect(await driver.prove(context)).toEqual({ gone: true, left: [] });
  });

  it('plans a change when the `with` is another one', async () => {
    const driver = new FaultDriver();
    const { context } = contextOf();
    await driver.apply(context);
    const plan = await driver.plan({
      ...context,
      component: { ...context.component, with: { size: 2 } },
    });
    expect(plan.summary).toEqual({ add: 0, change: 1, remove: 0 });
  });

  it('gives the outputs of the script, computed from the `with` when it is a function', async () => {
    const driver = new FaultDriver({
      scripts: {
        site: {
          outputs: given => ({
            size: { value: given.size, sensitive: false },
          }),
        },
      },
    });
    const { context } = contextOf();
    expect((await driver.apply(context)).outputs).toEqual({
      size: { value: 1, sensitive: false },
    });
  });

  it('keeps in the world what was made before a failure, and goes well in the next attempt', async () => {
    const driver = new FaultDriver({
      scripts: {
        site: {
          apply: byAttempt(inOrder(makes('half'), fails({ code: 'no.quota' }))),
        },
      },
    });
    const { context } = contextOf();
    await expect(driver.apply(context)).rejects.toMatchObject({
      name: 'DriverError',
      problem: { code: 'no.quota', component: 'site' },
    });
    expect((await driver.prove(context)).left).toEqual([
      { address: 'half', type: 'fault_thing' },
    ]);
    await driver.apply(context);
    expect(driver.calls.map(c => [c.action, c.attempt])).toEqual([
      ['apply', 1],
      ['prove', 1],
      ['apply', 2],
    ]);
  });

  it('throws what a broken driver throws', async () => {
    const driver = new FaultDriver().script('site', {
      destroy: breaks(new TypeError('x is not a function')),
    });
    const failure = driver.destroy(contextOf().context);
    await expect(failure).rejects.toThrow(TypeError);
    await expect(failure).rejects.not.toThrow(DriverError);
  });

  it('hangs until it is aborted, and a watcher knows when it began', async () => {
    const driver = new FaultDriver({ scripts: { site: { apply: hangs() } } });
    const abort = new AbortController();
    const { context } = contextOf({ signal: abort.signal });
    const applied = driver.apply(context);
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
    await driver.apply(contextOf().context);
    expect(waited).toEqual([5000]);

    const abort = new AbortController();
    const slow = new FaultDriver({
      scripts: { site: { apply: takes(60_000) } },
    });
    const applied = slow.apply(contextOf({ signal: abort.signal }).context);
    await slow.reached('site', 'apply');
    abort.abort();
    await expect(applied).rejects.toThrow(DriverAbortedError);
  });

  it('can be deaf to the signal until a gate opens', async () => {
    let open = () => {};
    const gate = new Promise<void>(resolve => {
      open = resolve;
    });
    const driver = new FaultDriver({
      scripts: { site: { apply: waitsFor(gate) } },
    });
    const abort = new AbortController();
    const applied = driver.apply(contextOf({ signal: abort.signal }).context);
    abort.abort();
    open();
    expect(await applied).toMatchObject({ outputs: {} });
  });

  it('prints the lines of its script', async () => {
    const driver = new FaultDriver({
      scripts: { site: { plan: inOrder(prints('a', 'b'), printsMany(3)) } },
    });
    const { context, lines } = contextOf();
    await driver.plan(context);
    expect(lines).toEqual(['a', 'b', 'line 1', 'line 2', 'line 3']);
  });

  it('answers the problems of its script', async () => {
    const problem = { code: 'fault.bad', message: 'bad' };
    const driver = new FaultDriver({
      scripts: { site: { problems: [problem] } },
    });
    expect(
      await driver.validate({
        component: { id: 'site', with: {}, folder: '/nowhere' },
        sourcePath: 'site',
        signal: new AbortController().signal,
      }),
    ).toEqual([problem]);
  });

  it('shares a world in a file with a driver that comes after it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fault-world-'));
    try {
      const file = join(folder, 'world.json');
      const { context } = contextOf();
      await new FaultDriver({ world: new FileFaultWorld(file) }).apply(context);
      const later = new FaultDriver({ world: new FileFaultWorld(file) });
      expect(later.world.keys()).toEqual(['environment-1/site']);
      await later.destroy(context);
      expect(new FileFaultWorld(file).keys()).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
