import { JsonObject, Operation } from '@greenroom/plugin-environments-common';
import { MIRA, OWNER } from '../testing/engine';
import { READER, useReadsLab } from './__testUtils__/readsLab';

describe('an environment that reads another one, which changes meanwhile', () => {
  const lab = useReadsLab();
  const { create, operation, given, problems, seesOnly, give, groups } = lab;
  /** From now on it gives another address. */
  const shopMoves = () =>
    lab.engine
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

  describe('when its turn comes later', () => {
    async function queued(inputs: JsonObject) {
      const { environment } = await create();
      await lab.engine.work();
      await lab.engine.submit(environment.id, {
        kind: 'update',
        inputs: { color: 'blue' },
      });
      return lab.engine.submit(environment.id, {
        kind: 'update',
        inputs,
        whenBusy: 'queue',
      });
    }

    it('reads what the other one gives by then', async () => {
      const waiting = await queued({ color: 'green' });
      await shopMoves();
      await lab.engine.work();
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
      await lab.engine.work();
      expect(await operation(waiting)).toMatchObject({
        state: 'cancelled',
        problem: { code: 'environment.reference.unknown' },
      });
    });
  });

  describe('when a worker acts', () => {
    async function ended({ id }: Pick<Operation, 'id'>) {
      await lab.engine.work();
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
      await lab.engine
        .knex('environments')
        .where({ name: 'shop-db' })
        .update({ name: 'older' });
      await lab.engine.create({ name: 'shop-db' });
      expect(await ended(asked)).toMatchObject(refused);
    });

    it('applies what was planned and confirmed, whatever is given since', async () => {
      const { environment, operation: asked } = await lab.engine.create({
        blueprint: 'reader',
        name: 'front',
        inputs: {},
        confirm: true,
      });
      await lab.engine.work();
      await shopMoves();
      const { confirmation } = await operation(asked);
      await lab.engine.rooms.operationMoves.confirm(
        asked.id,
        { planHash: confirmation!.planHash! },
        MIRA,
      );
      await lab.engine.work();
      expect(given()).toMatchObject({ url: 'http://shop' });
      await lab.engine.submit(environment.id, { kind: 'remediate' });
      await lab.engine.work();
      expect(given()).toMatchObject({ url: 'http://moved' });
    });
  });

  it('is set aside by a fleet upgrade whose author may read it no more', async () => {
    seesOnly(OWNER);
    const made = await create();
    await lab.engine.work();
    await lab.engine.blueprints.publish(READER('1.1.0'));
    const { fleet, fleetSweep } = lab.engine.rooms;
    const { id } = await fleet.create(
      { selection: { blueprint: 'reader' }, reason: 'newer' },
      MIRA,
    );
    const tick = async () => {
      lab.engine.clock.advance(2);
      const seen = await fleetSweep.tick(lab.engine.clock.now());
      await lab.engine.work();
      return seen;
    };
    // Its check reads as well, and is allowed to.
    await tick();
    const [, check] = (
      await lab.engine.rooms.operations.list(
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
});
