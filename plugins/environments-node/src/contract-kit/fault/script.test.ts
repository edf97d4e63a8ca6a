import { JsonValue } from '@greenroom/plugin-environments-common';
import { DriverError } from '../../errors';
import { DriverContext } from '../../driver';
import { contextIn, useFolders } from './__testUtils__/context';
import { FaultDriver, FaultDriverOptions } from './driver';

describe('what a component says in its `with.fault`', () => {
  const folderOf = useFolders();
  const driver = (options: FaultDriverOptions = {}) =>
    new FaultDriver({ timer: async () => {}, ...options });
  const saying = (fault: JsonValue) =>
    contextIn(folderOf('site'), {
      component: { with: { size: 1, fault } },
    });
  const make = async (by: FaultDriver, context: DriverContext) =>
    by.apply(context, (await by.plan(context, 'apply')).hash);

  it('gives resources, outputs and secrets, and is no attribute itself', async () => {
    const { context } = saying({
      resources: 2,
      outputs: { url: 'http://x', key: 'k' },
      sensitive: ['key', 'size'],
    });
    const fault = driver();
    const { changes } = await fault.plan(context, 'apply');
    expect(changes).toMatchObject([
      { address: 'fault_thing.site[0]', attributes: [{ path: 'size' }] },
      { address: 'fault_thing.site[1]', attributes: [{ sensitive: true }] },
    ]);
    expect((await make(fault, context)).outputs).toEqual({
      url: { value: 'http://x', sensitive: false },
      key: { value: 'k', sensitive: true },
    });
  });

  it('takes time and prints in each plan, apply and destroy', async () => {
    const waited: number[] = [];
    const fault = driver({
      timer: async ms => {
        waited.push(ms);
      },
    });
    const { context, lines } = saying({ takesMs: 20, prints: 2 });
    await make(fault, context);
    await fault.destroy(context);
    await fault.prove(context);
    expect(waited).toEqual([20, 20, 20]);
    expect(lines).toHaveLength(6);
  });

  it('fails always, or in the first attempt only', async () => {
    const fault = driver();
    const { context } = saying({ apply: 'fails-once', destroy: 'fails' });
    await expect(make(fault, context)).rejects.toThrow(DriverError);
    await make(fault, context);
    await expect(fault.destroy(context)).rejects.toThrow(DriverError);
    await expect(fault.destroy(context)).rejects.toThrow(DriverError);
  });

  it('gives way to a script of the same driver', async () => {
    const fault = driver().script('site', { apply: () => {} });
    const { resources } = await make(fault, saying({ apply: 'fails' }).context);
    expect(resources).toHaveLength(1);
  });

  it.each<[JsonValue, RegExp]>([
    [{ apply: 'explodes' }, /apply/],
    [{ takes: 20 }, /takes/],
    ['fails', /object/],
  ])('is refused when it is %j', async (fault, words) => {
    await expect(
      driver().plan(saying(fault).context, 'apply'),
    ).rejects.toMatchObject({
      problem: { code: 'fault.with', message: expect.stringMatching(words) },
    });
  });
});
