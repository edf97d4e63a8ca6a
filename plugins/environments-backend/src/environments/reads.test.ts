import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  environmentReadPermission,
  JsonObject,
  Operation,
} from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import { fails } from '@greenroom/plugin-environments-node/contract-kit';
import { problemsOf } from '../errors';
import { useTestDatabases } from '../testing/database';
import {
  environmentRequest,
  MIRA,
  OWNER,
  startTestEngine,
  TestEngine,
} from '../testing/engine';

/** Reads what the input names, and what another one names unless that is empty. */
const READER = (
  version = '1.0.0',
  output = 'url',
) => `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: reader, title: Reader}
spec:
  type: sandbox
  owner: group:default/platform
  version: ${version}
  inputs:
    type: object
    properties:
      database: {type: string, default: shop-db}
      other: {type: string, default: ''}
      color: {type: string, default: red}
  components:
    front:
      driver: fault
      source: ./front
      with:
        color: '\${{ inputs.color }}'
        url: '\${{ environments[inputs.database].outputs.${output} }}'
        other: '\${{ inputs.other == "" ? "" : environments[inputs.other].outputs.url }}'
    beside:
      driver: fault
      source: ./beside
      with: {color: '\${{ inputs.color }}'}
  outputs:
    from: {value: 'of \${{ environments[inputs.database].outputs.${output} }}'}
  ttl: {default: 1h}
`;

const PAYMENTS = 'group:default/payments';

describe('an environment that reads another one', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  const groups: string[] = [];

  beforeEach(async () => {
    groups.splice(0, groups.length, OWNER);
    engine = await startTestEngine(await databases.create(), {
      // Read anew each time: people come and go.
      catalog: {
        getEntitiesByRefs: (request, options) =>
          catalogServiceMock({
            entities: [
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'User',
                metadata: { name: 'mira', namespace: 'default' },
                relations: groups.map(targetRef => ({
                  type: 'memberOf',
                  targetRef,
                })),
              },
            ],
          }).getEntitiesByRefs(request, options),
      },
    });
    await engine.blueprints.publish(READER());
    await engine.create({ name: 'shop-db' });
    await engine.work();
  });
  afterEach(() => engine.stop());

  const create = (inputs: JsonObject = {}, version?: string) =>
    engine.create({ blueprint: 'reader', name: 'front', inputs, version });
  const operation = ({ id }: Pick<Operation, 'id'>) =>
    engine.rooms.operations.get(id, MIRA);
  const given = (component = 'front') =>
    engine.driver.calls.findLast(call => call.component === component)?.with;
  const problems = (promise: Promise<unknown>) =>
    promise.then(
      () => [],
      error => problemsOf(error),
    );
  /** From now on the caller sees only what belongs to some. */
  const seesOnly = (...claims: string[]) => {
    engine.policy.byPermission = {
      [environmentReadPermission.name]: createEnvironmentConditionalDecision(
        environmentReadPermission,
        environmentConditions.isOwner({ claims }),
      ),
    };
  };
  const give = (name: string) =>
    engine.knex('environments').where({ name }).update({ owner_ref: PAYMENTS });
  async function destroy(name: string) {
    const { id } = await engine.rooms.environments.getByName(name, MIRA);
    await engine.submit(id, { kind: 'destroy' });
    await engine.work();
  }

  it('is given its outputs, and says on record which', async () => {
    const created = await create();
    await engine.work();
    expect(given()).toMatchObject({ url: 'http://shop', other: '' });
    const shop = await engine.rooms.environments.getByName('shop-db', MIRA);
    expect(await operation(created.operation)).toMatchObject({
      state: 'succeeded',
      reads: [{ environmentId: shop.id, name: 'shop-db', outputs: ['url'] }],
    });
    const { outputs } = await engine.rooms.environments.get(
      created.environment.id,
      MIRA,
    );
    expect(outputs).toMatchObject([{ name: 'from', value: 'of http://shop' }]);
  });

  describe('that the caller can’t read', () => {
    const unknown = {
      code: 'environment.reference.unknown',
      field: '/inputs/database',
      component: 'front',
      message:
        'There is no environment "shop-db" to read from, or you may not see it.',
      remedy: expect.stringContaining('ask its owner'),
    };

    const away: Record<string, () => Promise<unknown>> = {
      'is not there': () =>
        engine.knex('environments').update({ name: 'gone' }),
      'is destroyed': () => destroy('shop-db'),
      'may not be seen': async () => {
        await give('shop-db');
        seesOnly(OWNER);
      },
    };

    it.each(Object.keys(away))(
      'because it %s is told in the same words',
      async why => {
        await away[why]();
        const request = {
          name: 'front',
          blueprint: 'reader',
          owner: OWNER,
          inputs: {},
        };
        const { environments } = engine.rooms;
        for (const how of [
          {},
          { dryRun: true },
          { dryRun: true, plan: true },
        ]) {
          expect(
            await problems(environments.create({ ...request, ...how }, MIRA)),
          ).toEqual([unknown]);
        }
        expect(
          await engine.knex('environments').where({ name: 'front' }),
        ).toEqual([]);
      },
    );

    it('is told at every door of one that exists already', async () => {
      const { environment, operation: first } = await create();
      await engine.work();
      await engine.blueprints.publish(READER('1.1.0'));
      engine.driver.script('front', { plan: fails() });
      const failed = await engine.submit(environment.id, {
        kind: 'update',
        inputs: { color: 'blue' },
      });
      await engine.work();
      await give('shop-db');
      seesOnly(OWNER);
      const { operationMoves } = engine.rooms;
      const doors = [
        engine.submit(environment.id, { kind: 'update', inputs: {} }),
        engine.submit(environment.id, { kind: 'upgrade', version: '1.1.0' }),
        engine.submit(environment.id, { kind: 'remediate' }),
        engine.submit(environment.id, { kind: 'remediate', dryRun: true }),
        operationMoves.retry(failed.id, {}, MIRA),
      ];
      for (const door of doors) {
        expect(await problems(door)).toEqual([unknown]);
      }
      engine.driver.script('front', {});
      await engine.knex('environments').where({ name: 'shop-db' }).update({
        owner_ref: OWNER,
      });
      const blue = await operationMoves.retry(failed.id, {}, MIRA);
      await engine.work();
      expect((await operation(blue)).state).toBe('succeeded');
      await give('shop-db');
      expect(
        await problems(operationMoves.rollBackTo(first.id, {}, MIRA)),
      ).toEqual([unknown]);
      await engine.submit(environment.id, { kind: 'destroy' });
      await engine.work();
      const { state } = await engine.rooms.environments.get(
        environment.id,
        MIRA,
      );
      expect(state).toBe('destroyed');
    });
  });

  it('hears of all that it can’t read at once, and of what there is instead', async () => {
    await engine.create({ name: 'empty' });
    await engine.blueprints.publish(READER('1.1.0', 'adress'));
    expect(await problems(create({ other: 'empty' }, '1.1.0'))).toMatchObject([
      {
        code: 'environment.output.unknown',
        field: '/inputs/database',
        message:
          'Environment "shop-db" gives no output "adress"; it gives url, password.',
      },
      {
        code: 'environment.output.unknown',
        field: '/inputs/other',
        message:
          'Environment "empty" gives no output "url"; it gives none yet.',
        remedy: expect.stringContaining('Wait'),
      },
    ]);
    expect(await problems(create({ database: 'Not a name' }))).toMatchObject([
      { code: 'environment.reference.unknown' },
    ]);
  });

  it('gets nothing that is sensitive, and the record never holds it', async () => {
    await engine.blueprints.publish(READER('1.1.0', 'password'));
    expect(await problems(create({}, '1.1.0'))).toMatchObject([
      {
        code: 'environment.output.sensitive',
        field: '/inputs/database',
        remedy: expect.stringContaining('secret input'),
      },
    ]);
    // What was open when it was asked for may have become a secret since.
    const { operation: queued } = await create({}, '1.0.0');
    await engine
      .knex('environments')
      .where({ name: 'shop-db' })
      .update({
        outputs: JSON.stringify([
          { name: 'url', title: 'url', sensitive: true },
        ]),
      });
    await engine.work();
    expect(await operation(queued)).toMatchObject({ state: 'succeeded' });
    expect(
      await problems(
        engine.submit(queued.environmentId, { kind: 'remediate' }),
      ),
    ).toMatchObject([{ code: 'environment.output.sensitive' }]);
    const { rows } = await engine.knex.raw(
      `SELECT r::text AS row FROM operation_reads r
       UNION ALL SELECT o::text FROM operations o
       UNION ALL SELECT s::text FROM operation_steps s`,
    );
    expect(JSON.stringify(rows)).toContain('http://shop');
    expect(JSON.stringify(rows)).not.toContain('correct-horse');
  });

  describe('when its turn comes later', () => {
    async function queued(inputs: JsonObject) {
      const { environment } = await create();
      await engine.work();
      await engine.submit(environment.id, {
        kind: 'update',
        inputs: { color: 'blue' },
      });
      return engine.submit(environment.id, {
        kind: 'update',
        inputs,
        whenBusy: 'queue',
      });
    }

    it('reads what the other one gives by then', async () => {
      const waiting = await queued({ color: 'green' });
      await engine
        .knex('environments')
        .where({ name: 'shop-db' })
        .update({
          outputs: JSON.stringify([
            {
              name: 'url',
              title: 'url',
              sensitive: false,
              value: 'http://moved',
            },
          ]),
        });
      await engine.work();
      expect(await operation(waiting)).toMatchObject({ state: 'succeeded' });
      expect(given()).toMatchObject({ color: 'green', url: 'http://moved' });
    });

    it('is refused at once where it could not even read now', async () => {
      expect(await problems(queued({ other: 'nowhere' }))).toMatchObject([
        { code: 'environment.reference.unknown', field: '/inputs/other' },
      ]);
    });

    it('is cancelled where the other one has passed to others', async () => {
      seesOnly(OWNER, 'user:default/mira');
      const waiting = await queued({ color: 'green' });
      await give('shop-db');
      await engine.work();
      expect(await operation(waiting)).toMatchObject({
        state: 'cancelled',
        problem: { code: 'environment.reference.unknown' },
      });
    });
  });

  describe('when a worker acts', () => {
    async function ended({ id }: Pick<Operation, 'id'>) {
      await engine.work();
      const { state, problem, steps } = await operation({ id });
      return { state, code: problem?.code, steps };
    }
    const refused = {
      state: 'failed',
      code: 'environment.reference.unknown',
    };

    it('does nothing with it once it has passed to others', async () => {
      seesOnly(OWNER);
      const { operation: asked } = await create();
      await give('shop-db');
      const end = await ended(asked);
      expect(end).toMatchObject(refused);
      expect(given()).toBeUndefined();
      // What does not read is made all the same.
      expect(given('beside')).toEqual({ color: 'red' });
      expect(
        end.steps.map(({ component, state }) => `${component}: ${state}`),
      ).toContain('front: failed');
    });

    it('does nothing with it once the person has left a group', async () => {
      const { operation: asked } = await create();
      groups.splice(0, groups.length);
      expect(await ended(asked)).toMatchObject(refused);
    });

    it('does nothing with another one of the same name', async () => {
      const { operation: asked } = await create();
      await engine
        .knex('environments')
        .where({ name: 'shop-db' })
        .update({ name: 'older' });
      await engine.create({ name: 'shop-db' });
      expect(await ended(asked)).toMatchObject(refused);
    });

    it('applies what was planned and confirmed, whatever is given since', async () => {
      const { environment, operation: asked } = await engine.create({
        blueprint: 'reader',
        name: 'front',
        inputs: {},
        confirm: true,
      });
      await engine.work();
      await engine
        .knex('environments')
        .where({ name: 'shop-db' })
        .update({
          outputs: JSON.stringify([
            {
              name: 'url',
              title: 'url',
              sensitive: false,
              value: 'http://moved',
            },
          ]),
        });
      const { confirmation } = await operation(asked);
      await engine.rooms.operationMoves.confirm(
        asked.id,
        { planHash: confirmation!.planHash! },
        MIRA,
      );
      await engine.work();
      expect(given()).toMatchObject({ url: 'http://shop' });
      await engine.submit(environment.id, { kind: 'remediate' });
      await engine.work();
      expect(given()).toMatchObject({ url: 'http://moved' });
    });
  });

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
    await engine.blueprints.publish(SLEEPER);
    const { environment } = await create({}, '1.1.0');
    await engine.create({ name: 'other-db' });
    await engine.work();
    await destroy('shop-db');
    await engine.submit(environment.id, { kind: 'pause' });
    await engine.work();
    expect(given()).toEqual(PAUSED);

    await engine.create({ name: 'shop-db' });
    await engine.work();
    await engine.submit(environment.id, { kind: 'resume' });
    await engine.work();
    seesOnly(OWNER);
    const update = await engine.submit(environment.id, {
      kind: 'update',
      inputs: { database: 'other-db', color: 'blue' },
    });
    await give('other-db');
    await engine.work();
    expect((await operation(update)).state).toBe('failed');
    expect(given('beside')).toEqual({ color: 'blue' });
    expect(
      await problems(engine.submit(environment.id, { kind: 'pause' })),
    ).toMatchObject([
      { code: 'environment.reference.unknown', field: '/inputs/database' },
    ]);
  });

  it('is paused with the values of an operation that the pause has to wait for', async () => {
    await engine.blueprints.publish(SLEEPER);
    const { environment } = await create({}, '1.1.0');
    await engine.submit(environment.id, { kind: 'pause', whenBusy: 'queue' });
    await engine.work();
    expect(given()).toEqual(PAUSED);
  });

  it('sleeps and wakes with the values that it has, whatever has become of the other one', async () => {
    await engine.blueprints.publish(SLEEPER);
    engine.clock.goTo(new Date('2040-11-20T12:00:00Z'));
    const { environment } = await create({}, '1.1.0');
    await engine.work();
    await destroy('shop-db');
    const at = async (time: string) => {
      engine.clock.goTo(new Date(time));
      await engine.rooms.scheduleSweep.tick(engine.clock.now());
      await engine.work();
      return engine.rooms.environments.get(environment.id, MIRA);
    };
    await at('2040-11-20T13:00:00Z');

    expect((await at('2040-11-20T19:00:00Z')).state).toBe('paused');
    expect(given()).toEqual(PAUSED);
    expect(
      await problems(engine.submit(environment.id, { kind: 'resume' })),
    ).toMatchObject([{ code: 'environment.reference.unknown' }]);
    expect(await at('2040-11-21T08:00:00Z')).toMatchObject({
      state: 'running',
      outputs: [{ value: 'of http://shop' }],
      latestOperation: { requestedBy: 'system:schedule' },
    });
    expect(given()).toMatchObject({ color: 'red', url: 'http://shop' });
  });

  it('is named by what it reads, to those who may see it, for as long as it has its values', async () => {
    const readBy = async () => {
      const shop = await engine.rooms.environments.getByName('shop-db', MIRA);
      return shop.readBy;
    };
    expect(await readBy()).toBeUndefined();
    const { environment } = await create();
    await engine.create({
      blueprint: 'reader',
      name: 'hidden',
      inputs: {},
    });
    await engine.rooms.environments.create(
      {
        ...environmentRequest(),
        name: 'tried',
        blueprint: 'reader',
        inputs: {},
        dryRun: true,
        plan: true,
      },
      MIRA,
    );
    await engine.work();
    await give('hidden');
    seesOnly(OWNER);
    expect(await readBy()).toEqual({
      environments: [{ id: environment.id, name: 'front' }],
      others: 1,
    });
    const shop = await engine.rooms.environments.getByName('shop-db', MIRA);
    const tried = await engine.submit(shop.id, {
      kind: 'destroy',
      dryRun: true,
    });
    expect(tried.warnings).toMatchObject([
      {
        code: 'environment.read-by-others',
        message: expect.stringContaining('2 others have values'),
      },
    ]);
    await engine.work();

    await engine.create({ name: 'other-db' });
    await engine.work();
    await engine.submit(environment.id, {
      kind: 'update',
      inputs: { database: 'other-db' },
    });
    await engine.work();
    await engine.submit(environment.id, {
      kind: 'update',
      inputs: { database: 'shop-db' },
      dryRun: true,
    });
    await engine.work();
    engine.policy.byPermission = {};
    await destroy('hidden');
    expect(await readBy()).toBeUndefined();
  });

  it('is set aside by a fleet upgrade whose author may read it no more', async () => {
    seesOnly(OWNER);
    const made = await create();
    await engine.work();
    await engine.blueprints.publish(READER('1.1.0'));
    const { fleet, fleetSweep } = engine.rooms;
    const { id } = await fleet.create(
      { selection: { blueprint: 'reader' }, reason: 'newer' },
      MIRA,
    );
    const tick = async () => {
      engine.clock.advance(2);
      const seen = await fleetSweep.tick(engine.clock.now());
      await engine.work();
      return seen;
    };
    // Its check reads as well, and is allowed to.
    await tick();
    const [, check] = (
      await engine.rooms.operations.list(
        { environmentId: made.environment.id },
        MIRA,
      )
    ).items.reverse();
    expect(await operation(check)).toMatchObject({
      kind: 'remediate',
      state: 'succeeded',
      reads: [{ name: 'shop-db' }],
    });
    await give('shop-db');
    while ((await tick()) > 0);
    const { items } = await fleet.environments(id, {}, MIRA);
    expect(items).toMatchObject([
      {
        state: 'set-aside',
        problem: { code: 'environment.reference.unknown' },
      },
    ]);
  });

  it('is destroyed with what it was made of, when the other one is long gone', async () => {
    const { environment } = await create();
    await engine.work();
    await destroy('shop-db');
    await engine.submit(environment.id, { kind: 'destroy' });
    await engine.work();
    expect(given()).toMatchObject({ url: 'http://shop' });
    const { state } = await engine.rooms.environments.get(environment.id, MIRA);
    expect(state).toBe('destroyed');
  });
});
