import { fails } from '@greenroom/plugin-environments-node/contract-kit';
import { environmentRequest, MIRA, OWNER } from '../testing/engine';
import { READER, useReadsLab } from './__testUtils__/readsLab';

describe('an environment that reads another one', () => {
  const lab = useReadsLab();
  const { create, operation, given, problems, seesOnly, give, destroy } = lab;

  it('is given its outputs, and says on record which', async () => {
    const created = await create();
    await lab.engine.work();
    expect(given()).toMatchObject({ url: 'http://shop', other: '' });
    const shop = await lab.engine.rooms.environments.getByName('shop-db', MIRA);
    expect(await operation(created.operation)).toMatchObject({
      state: 'succeeded',
      reads: [{ environmentId: shop.id, name: 'shop-db', outputs: ['url'] }],
    });
    const { outputs } = await lab.engine.rooms.environments.get(
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
        lab.engine.knex('environments').update({ name: 'gone' }),
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
        const { environments } = lab.engine.rooms;
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
          await lab.engine.knex('environments').where({ name: 'front' }),
        ).toEqual([]);
      },
    );

    it('is told at every door of one that exists already', async () => {
      const { environment, operation: first } = await create();
      await lab.engine.work();
      await lab.engine.blueprints.publish(READER('1.1.0'));
      lab.engine.driver.script('front', { plan: fails() });
      const failed = await lab.engine.submit(environment.id, {
        kind: 'update',
        inputs: { color: 'blue' },
      });
      await lab.engine.work();
      await give('shop-db');
      seesOnly(OWNER);
      const { operationMoves } = lab.engine.rooms;
      const doors = [
        lab.engine.submit(environment.id, { kind: 'update', inputs: {} }),
        lab.engine.submit(environment.id, {
          kind: 'upgrade',
          version: '1.1.0',
        }),
        lab.engine.submit(environment.id, { kind: 'remediate' }),
        lab.engine.submit(environment.id, { kind: 'remediate', dryRun: true }),
        operationMoves.retry(failed.id, {}, MIRA),
      ];
      for (const door of doors) {
        expect(await problems(door)).toEqual([unknown]);
      }
      lab.engine.driver.script('front', {});
      await lab.engine.knex('environments').where({ name: 'shop-db' }).update({
        owner_ref: OWNER,
      });
      const blue = await operationMoves.retry(failed.id, {}, MIRA);
      await lab.engine.work();
      expect((await operation(blue)).state).toBe('succeeded');
      await give('shop-db');
      expect(
        await problems(operationMoves.rollBackTo(first.id, {}, MIRA)),
      ).toEqual([unknown]);
      await lab.engine.submit(environment.id, { kind: 'destroy' });
      await lab.engine.work();
      const { state } = await lab.engine.rooms.environments.get(
        environment.id,
        MIRA,
      );
      expect(state).toBe('destroyed');
    });
  });

  it('hears of all that it can’t read at once, and of what there is instead', async () => {
    await lab.engine.create({ name: 'empty' });
    await lab.engine.blueprints.publish(READER('1.1.0', 'adress'));
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
    await lab.engine.blueprints.publish(READER('1.1.0', 'password'));
    expect(await problems(create({}, '1.1.0'))).toMatchObject([
      {
        code: 'environment.output.sensitive',
        field: '/inputs/database',
        remedy: expect.stringContaining('secret input'),
      },
    ]);
    // What was open when it was asked for may have become a secret since.
    const { operation: queued } = await create({}, '1.0.0');
    await lab.engine
      .knex('environments')
      .where({ name: 'shop-db' })
      .update({
        outputs: JSON.stringify([
          { name: 'url', title: 'url', sensitive: true },
        ]),
      });
    await lab.engine.work();
    expect(await operation(queued)).toMatchObject({ state: 'succeeded' });
    expect(
      await problems(
        lab.engine.submit(queued.environmentId, { kind: 'remediate' }),
      ),
    ).toMatchObject([{ code: 'environment.output.sensitive' }]);
    const { rows } = await lab.engine.knex.raw(
      `SELECT r::text AS row FROM operation_reads r
       UNION ALL SELECT o::text FROM operations o
       UNION ALL SELECT s::text FROM operation_steps s`,
    );
    expect(JSON.stringify(rows)).toContain('http://shop');
    expect(JSON.stringify(rows)).not.toContain('correct-horse');
  });

  it('is named by what it reads, to those who may see it, for as long as it has its values', async () => {
    const readBy = async () => {
      const shop = await lab.engine.rooms.environments.getByName(
        'shop-db',
        MIRA,
      );
      return shop.readBy;
    };
    expect(await readBy()).toBeUndefined();
    const { environment } = await create();
    await lab.engine.create({
      blueprint: 'reader',
      name: 'hidden',
      inputs: {},
    });
    await lab.engine.rooms.environments.create(
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
    await lab.engine.work();
    await give('hidden');
    seesOnly(OWNER);
    expect(await readBy()).toEqual({
      environments: [{ id: environment.id, name: 'front' }],
      others: 1,
    });
    const shop = await lab.engine.rooms.environments.getByName('shop-db', MIRA);
    const tried = await lab.engine.submit(shop.id, {
      kind: 'destroy',
      dryRun: true,
    });
    expect(tried.warnings).toMatchObject([
      {
        code: 'environment.read-by-others',
        message: expect.stringContaining('2 others have values'),
      },
    ]);
    await lab.engine.work();

    await lab.engine.create({ name: 'other-db' });
    await lab.engine.work();
    await lab.engine.submit(environment.id, {
      kind: 'update',
      inputs: { database: 'other-db' },
    });
    await lab.engine.work();
    await lab.engine.submit(environment.id, {
      kind: 'update',
      inputs: { database: 'shop-db' },
      dryRun: true,
    });
    await lab.engine.work();
    lab.engine.policy.byPermission = {};
    await destroy('hidden');
    expect(await readBy()).toBeUndefined();
  });
});
