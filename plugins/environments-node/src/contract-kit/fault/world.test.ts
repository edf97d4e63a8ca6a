import { contextIn, useFolders } from './__testUtils__/context';
import { DirectoryFaultWorld } from './directoryWorld';
import { FaultDriver } from './driver';
import { doubledEffects, lateEffects } from './findings';
import { FaultCaller, FaultWorld, MemoryFaultWorld } from './world';

const caller: FaultCaller = {
  environmentId: 'environment-1',
  component: 'site',
  operationId: 'operation-1',
  fence: 1,
  call: 'call-1',
};
const thing = (externalId: string) => ({
  address: 'thing',
  type: 'fault_thing',
  externalId,
  attributes: {},
});
const put = (world: FaultWorld, by: Partial<FaultCaller>, plan?: string) =>
  world.change({ ...caller, ...by }, () => ({
    resources: [thing(by.call ?? caller.call)],
    effect: { kind: 'applied', plan, addresses: ['thing'] },
  }));

describe.each(['memory', 'a directory'])('a world in %s', where => {
  const folderOf = useFolders();
  const open = (): FaultWorld =>
    where === 'memory'
      ? new MemoryFaultWorld()
      : new DirectoryFaultWorld(folderOf('world'));

  it('is empty at first, and knows what exists', () => {
    const world = open();
    expect([world.keys(), world.journal()]).toEqual([[], []]);
    expect(world.look('environment-1', 'site').resources).toEqual([]);
    put(world, {});
    put(world, { component: 'app', environmentId: 'a/b ü' });
    expect(world.keys()).toEqual(['a/b ü/app', 'environment-1/site']);
    expect(world.everything()).toContainEqual(
      expect.objectContaining({
        environmentId: 'environment-1',
        component: 'site',
        address: 'thing',
      }),
    );
  });

  it('keeps a journal of who did what', () => {
    const world = open();
    world.begin(caller, 'apply');
    put(world, { fence: 2 }, 'plan-1');
    world.change({ ...caller, fence: 2 }, () => undefined);
    expect(world.journal()).toMatchObject([
      { serial: 1, begins: 'apply', fence: 1, revision: 0 },
      {
        serial: 2,
        fence: 2,
        revision: 1,
        effect: { kind: 'applied', plan: 'plan-1' },
      },
    ]);
    expect(world.journal()).toHaveLength(2);
  });

  it('counts attempts of each action', () => {
    const world = open();
    const attempts = (['plan', 'apply', 'plan'] as const).map(action =>
      world.begin(caller, action),
    );
    expect(attempts).toEqual([1, 1, 2]);
    expect(world.begin({ ...caller, component: 'app' }, 'plan')).toBe(1);
  });

  it('refuses an older fence of an operation, and no other operation', () => {
    const world = open();
    world.begin({ ...caller, fence: 3 }, 'plan');
    const late = expect.objectContaining({ name: 'FencedOffError' });
    expect(() => put(world, { fence: 2 })).toThrow(late);
    expect(() => world.begin({ ...caller, fence: 2 }, 'prove')).toThrow(late);
    expect(world.keys()).toEqual([]);
    put(world, { fence: 3 });
    put(world, { operationId: 'operation-2', fence: 1 });
    expect(() => put(world, { fence: 2 })).toThrow(late);
  });

  it('finds plans that were carried out twice', () => {
    const world = open();
    put(world, { call: 'one' }, 'plan-1');
    put(world, { call: 'one' }, 'plan-1');
    put(world, { call: 'two' }, 'plan-2');
    expect(doubledEffects(world.journal())).toEqual([]);
    put(world, { call: 'three' }, 'plan-1');
    expect(doubledEffects(world.journal())).toEqual([
      {
        environmentId: 'environment-1',
        component: 'site',
        what: 'plan plan-1 was carried out 2 times',
      },
    ]);
  });

  it('finds effects that came too late, should one ever get through', () => {
    const world = open();
    put(world, { fence: 2 });
    put(world, { operationId: 'operation-2' });
    expect(lateEffects(world.journal())).toEqual([]);
    const [first] = world.journal();
    expect(lateEffects([first, { ...first, fence: 1 }])).toMatchObject([
      { what: 'operation operation-1 applied with fence 1 after 2' },
    ]);
  });
});

describe('DirectoryFaultWorld', () => {
  const folderOf = useFolders();
  const open = () => new DirectoryFaultWorld(folderOf('world'));

  it('is the same for every process that opens it', async () => {
    const { context } = contextIn(folderOf('site'));
    const driver = new FaultDriver({ world: open() });
    const { hash } = await driver.plan(context, 'apply');
    await driver.apply(context, hash);
    const later = new FaultDriver({ world: open() });
    expect(later.world.keys()).toEqual(['environment-1/site']);
    await later.destroy(context);
    expect(open().keys()).toEqual([]);
    expect(later.calls).toMatchObject([{ attempt: 1 }]);
  });

  it('lets a writer that was overtaken read again before it writes', () => {
    const seen: number[] = [];
    const slow = open();
    slow.change(caller, ({ revision }) => {
      seen.push(revision);
      if (revision < 2) put(open(), { operationId: `other-${revision}` });
      return {
        resources: [thing('slow')],
        effect: { kind: 'applied', addresses: ['thing'] },
      };
    });
    expect(seen).toEqual([0, 1, 2]);
    expect(open().journal()).toHaveLength(3);
  });

  it('refuses a writer that slept while its operation was taken over', () => {
    const slow = open();
    let isTakenOver = false;
    expect(() =>
      slow.change(caller, () => {
        if (!isTakenOver) open().begin({ ...caller, fence: 2 }, 'plan');
        isTakenOver = true;
        return {
          resources: [thing('slow')],
          effect: { kind: 'applied', addresses: ['thing'] },
        };
      }),
    ).toThrow(expect.objectContaining({ name: 'FencedOffError' }));
    expect(open().keys()).toEqual([]);
  });
});
