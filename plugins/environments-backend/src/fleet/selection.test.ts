import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FleetUpgradeRequest } from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import { environmentUpdatePermission } from '@greenroom/plugin-environments-common';
import { problemsOf } from '../errors';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';
import { Fleet, FLEET_BLUEPRINT_2, furnishFleet } from './__testUtils__/fleet';

describe('whom a fleet upgrade is about', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let fleet: Fleet;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    fleet = await furnishFleet(
      engine,
      ['ash', 'birch', 'cedar', 'elm'].map(name => ({ name })),
    );
  });
  afterEach(() => engine.stop());

  const preview = (part: Partial<FleetUpgradeRequest> = {}) =>
    engine.rooms.fleet.preview(fleet.request(part), MIRA);
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      error => problemsOf(error)?.map(({ code, field }) => [code, field]),
    );
  const lines = async (part: Partial<FleetUpgradeRequest> = {}) => {
    const { items } = await preview(part);
    return items.map(
      ({ name, wave, problem }) => `${name}: ${wave ?? problem!.code}`,
    );
  };
  const change = async (name: string, kind: 'pause' | 'update') => {
    await engine.submit(fleet.ids.get(name)!, { kind });
  };

  it('is told beforehand, by wave, and nothing is written', async () => {
    expect(await preview({ waves: [{ count: 1 }] })).toMatchObject({
      blueprint: 'fleet',
      to: '2.0.0',
      warnings: [],
      waves: [
        { number: 1, environments: 1 },
        { number: 2, environments: 3 },
      ],
      setAside: 0,
      items: [
        { name: 'ash', wave: 1, version: '1.0.0', drops: [], losses: [] },
        { name: 'birch', wave: 2 },
        { name: 'cedar', wave: 2 },
        { name: 'elm', wave: 2 },
      ],
    });
    expect(await engine.knex('fleet_upgrades')).toEqual([]);
    expect(
      await engine.knex('operations').whereNot({ kind: 'create' }),
    ).toEqual([]);
  });

  it('goes by name, owner, type and version, in the order that is wanted', async () => {
    const select = (selection: object, order?: 'newest') =>
      lines({ selection: { blueprint: 'fleet', ...selection }, order });
    expect(await select({ name: ['elm', 'ash', 'yew'] })).toEqual([
      'ash: 1',
      'elm: 1',
    ]);
    await engine
      .knex('environments')
      .where({ name: 'elm' })
      .update({
        created_at: engine.clock.advance(5),
        owner_ref: 'user:default/mira',
      });
    expect(await select({ name: ['elm', 'ash'] }, 'newest')).toEqual([
      'elm: 1',
      'ash: 1',
    ]);
    expect(await select({ owner: ['user:default/mira'] })).toEqual(['elm: 1']);
    expect(await select({ type: ['production'] })).toEqual([]);
    expect(await select({ version: ['1.1.0'] })).toEqual([]);
    expect(await select({ version: ['1.0.0'] })).toHaveLength(4);
  });

  it('goes by labels, all of which must match', async () => {
    const label = (name: string, labels: Record<string, string>) =>
      engine.rooms.labels.change(fleet.ids.get(name)!, { labels }, MIRA);
    await label('ash', { team: 'checkout', ring: '1' });
    await label('elm', { team: 'checkout', ring: '2' });
    await label('cedar', { team: 'payments', ring: '2' });
    const select = (...of: string[]) =>
      lines({ selection: { blueprint: 'fleet', label: of } });
    expect(await select('team')).toEqual(['ash: 1', 'cedar: 1', 'elm: 1']);
    expect(await select('team=checkout', 'ring=2')).toEqual(['elm: 1']);
    expect(await select('team=checkout', 'never')).toEqual([]);
    expect(
      await refusal(
        preview({ selection: { blueprint: 'fleet', label: ['a', 'b c'] } }),
      ),
    ).toEqual([['environment.labels.key', '/selection/label/1']]);
    const { id } = await fleet.create({
      selection: { blueprint: 'fleet', label: ['ring=2'] },
    });
    expect((await fleet.get(id)).selection.label).toEqual(['ring=2']);
    expect(Object.keys(await fleet.states(id)).sort()).toEqual([
      'cedar',
      'elm',
    ]);
  });

  it('sets aside what is not as it should be, each with its reason, after all others', async () => {
    await change('ash', 'update');
    await engine
      .knex('environments')
      .where({ name: 'birch' })
      .update({ state: 'paused' });
    await engine
      .knex('environments')
      .where({ name: 'cedar' })
      .update({ state: 'degraded' });
    expect(await lines()).toEqual([
      'elm: 1',
      'ash: fleet.environment.busy',
      'birch: fleet.environment.paused',
      'cedar: fleet.environment.not-running',
    ]);
    engine.clock.advance(47 * 3600);
    expect((await lines())[0]).toBe('ash: fleet.environment.busy');
    expect((await lines())[3]).toBe('elm: fleet.environment.expiring');
    await engine.work();
  });

  it('sets aside what its asker may not change, and hides what they may not see', async () => {
    await engine
      .knex('environments')
      .where({ name: 'elm' })
      .update({ owner_ref: 'group:default/other' });
    engine.policy.byPermission[environmentUpdatePermission.name] =
      createEnvironmentConditionalDecision(
        environmentUpdatePermission,
        environmentConditions.isOwner({ claims: ['group:default/checkout'] }),
      );
    expect((await lines()).at(-1)).toBe('elm: fleet.environment.not-allowed');
    engine.policy.byPermission['environments.environment.read'] = {
      result: AuthorizeResult.DENY,
    };
    expect(await lines()).toEqual([]);
  });

  it('needs the inputs that are new, for all or for each, and drops what there are no more', async () => {
    await engine.blueprints.publish(
      FLEET_BLUEPRINT_2.replace('2.0.0', '3.0.0')
        .replace('properties:', 'required: [region]\n    properties:')
        .replace('breaks:', 'region:')
        .replace('{type: boolean, default: false}', '{type: string}')
        .replace(/, fault: .*?'\}/, ''),
    );
    expect(await lines()).toEqual(
      ['ash', 'birch', 'cedar', 'elm'].map(
        name => `${name}: fleet.environment.needs-inputs`,
      ),
    );
    const environmentInputs = { elm: { region: 'south' } };
    expect((await preview()).items[0]).toMatchObject({ needs: ['region'] });
    expect(await lines({ environmentInputs })).toContain('elm: 1');
    const { items } = await preview({ inputs: { region: 'north' } });
    expect(items[0]).toMatchObject({ wave: 1, drops: ['breaks'] });
    expect(await lines({ inputs: { region: 7 } })).toContain(
      'elm: fleet.environment.inputs',
    );
    expect(await refusal(preview({ environmentInputs: { yew: {} } }))).toEqual([
      ['fleet.inputs.unselected', '/environmentInputs/yew'],
    ]);
  });

  it('is nobody when there is nobody that could be upgraded', async () => {
    await engine.knex('environments').update({ state: 'paused' });
    expect(await refusal(fleet.create())).toEqual([
      ['fleet.empty', '/selection'],
    ]);
    expect(
      await refusal(
        fleet.create({ selection: { blueprint: 'fleet', name: ['yew'] } }),
      ),
    ).toEqual([['fleet.empty', '/selection']]);
  });

  it('is refused to whoever may not upgrade fleets, for a blueprint that is not there, and at no time at all', async () => {
    expect(
      await refusal(preview({ selection: { blueprint: 'none' } })),
    ).toEqual([['blueprint.not-found', '/blueprint']]);
    const never = {
      days: ['mon' as const],
      from: '01:00',
      to: '02:00',
      timeZone: 'Nowhere',
    };
    expect(await refusal(preview({ windows: [never] }))).toEqual([
      ['fleet.window.time-zone', '/windows/0/timeZone'],
    ]);
    engine.policy.byPermission['environments.fleet.upgrade'] = {
      result: AuthorizeResult.DENY,
    };
    expect(await refusal(preview())).toEqual([
      ['fleet.not-allowed', undefined],
    ]);
    expect(await refusal(fleet.create())).toEqual([
      ['fleet.not-allowed', undefined],
    ]);
    engine.policy.basic = AuthorizeResult.DENY;
    expect(await refusal(preview())).toEqual([
      ['request.not-allowed', undefined],
    ]);
  });
});
