import { SubmitOperationRequest } from '@greenroom/plugin-environments-common';
import { expectBody } from '../testing/api';
import { ONE_COMPONENT_BLUEPRINT } from '../testing/blueprints';
import { captureSelects } from '../testing/captureSelects';
import { useTestDatabases } from '../testing/database';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../testing/engine';

const PRICED = ONE_COMPONENT_BLUEPRINT.replace('name: single', 'name: priced')
  .replace('with: {}', 'with: {}, pause: {with: {size: 0}}')
  .replace('properties: {}', 'properties: {nodes: {type: integer, default: 2}}')
  .replace(
    'ttl: {default: 2m}',
    `ttl: {default: 2d, onExpiry: pause, grace: 1d}
  cost: {perDay: '\${{ inputs.nodes * 6 }}', currency: EUR, asleep: 0.25}`,
  );
const UNPRICED = PRICED.replace('1.0.0', '1.1.0').replace(/\n {2}cost: .*/, '');
const DOLLARS = PRICED.replace('name: priced', 'name: dollars').replace(
  'EUR',
  'USD',
);
const cost = { perDay: 12, asleepPerDay: 3, currency: 'EUR' };

describe('the estimated cost of an environment', () => {
  let engine: TestEngine;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
    for (const text of [PRICED, UNPRICED, DOLLARS, ONE_COMPONENT_BLUEPRINT]) {
      await engine.blueprints.publish(text);
    }
  });

  const create = async (
    name: string,
    blueprint: string,
    request: Parameters<TestEngine['create']>[0] = {},
  ) => {
    const { environment } = await engine.create({
      name,
      blueprint,
      inputs: {},
      ...(blueprint === 'priced' && { version: '1.0.0' }),
      ...request,
    });
    await engine.work();
    return environment.id;
  };
  const costOf = async (id: string) =>
    (await engine.rooms.environments.get(id, MIRA)).cost;
  const change = async (id: string, request: SubmitOperationRequest) => {
    await engine.submit(id, request);
    await engine.work();
    return costOf(id);
  };

  it('is told before it comes to be, and stands with it', async () => {
    const request = {
      name: 'asked',
      blueprint: 'priced',
      version: '1.0.0',
      owner: OWNER,
      inputs: {},
    };
    const tried = await engine.rooms.environments.create(
      { ...request, dryRun: true },
      MIRA,
    );
    expectBody('CreateResponse', tried);
    expect(tried.cost).toEqual(cost);
    const made = await engine.rooms.environments.create(request, MIRA);
    expect(made).toMatchObject({ cost, environment: { cost } });
    expectBody('Environment', made.environment);
  });

  it('follows its inputs, and goes with an upgrade to a version that has none', async () => {
    const id = await create('changing', 'priced');
    const updated = await change(id, { kind: 'update', inputs: { nodes: 3 } });
    expect(updated).toEqual({ perDay: 18, asleepPerDay: 4.5, currency: 'EUR' });
    const upgrade = { kind: 'upgrade', version: '1.1.0' } as const;
    expect(await change(id, upgrade)).toBeUndefined();
  });

  it('is left out where the inputs make it no amount', async () => {
    const inputs = { nodes: -1 };
    const id = await create('negative', 'priced', { inputs });
    expect(await costOf(id)).toBeUndefined();
  });

  it('stands in the lists of environments and of leases, which ask no more for it', async () => {
    await create('listed-a', 'priced');
    const search = 'listed';
    const environments = () => engine.rooms.environments.list({ search }, MIRA);
    const leases = () => engine.rooms.leaseFleet.list({ search }, MIRA);
    const count = async () =>
      (
        await captureSelects(engine.knex, async () => {
          await environments();
          await leases();
        })
      ).length;
    const ofOne = await count();
    // Ends later, so that both lists have it last.
    await create('listed-b', 'dollars', { ttl: '3d' });
    expect(await count()).toBe(ofOne);
    const [listed, leased] = [await environments(), await leases()];
    expectBody('EnvironmentPage', listed);
    expectBody('LeasePage', leased);
    const dollars = { ...cost, currency: 'USD' };
    expect(listed.items.map(each => each.cost)).toEqual([cost, dollars]);
    expect(leased.items.map(each => each.cost)).toEqual([cost, dollars]);
  });

  it('is summed for each currency by whoever tries other rules, those without one counted', async () => {
    await create('tried-a', 'priced');
    await create('tried-b', 'priced');
    await create('tried-c', 'dollars');
    await create('tried-d', 'single', { ttl: '1d' });
    const request = { rules: [{ max: '1d' }], search: 'tried' };
    const simulation = await engine.rooms.leaseWhatIf.simulate(request, MIRA);
    expectBody('LeaseSimulation', simulation);
    expect(simulation.withoutCost).toBe(1);
    const [euros, dollars] = simulation.costs;
    expect(simulation.costs).toHaveLength(2);
    expect(euros.currency).toBe('EUR');
    // Two days awake and one in its grace, against one of each.
    expect(euros.now).toBeCloseTo(2 * (24 + 3), 1);
    expect(euros.simulated).toBeCloseTo(2 * (12 + 3), 1);
    expect(dollars.currency).toBe('USD');
    expect(dollars.now).toBeCloseTo(24 + 3, 1);

    const page = await engine.rooms.leaseWhatIf.list(request, MIRA);
    expectBody('SimulatedLeasePage', page);
    const costs = page.items.map(each => [each.environmentName, each.cost]);
    const some = (currency: string) => ({ currency, now: 27, simulated: 15 });
    expect(Object.fromEntries(costs)).toEqual({
      'tried-a': some('EUR'),
      'tried-b': some('EUR'),
      'tried-c': some('USD'),
      'tried-d': undefined,
    });
  });
});
