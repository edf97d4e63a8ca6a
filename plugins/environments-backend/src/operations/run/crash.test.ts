import { SubmitOperationRequest } from '@greenroom/plugin-environments-common';
import {
  byAttempt,
  doubledEffects,
  inOrder,
  lateEffects,
  makes,
  prints,
} from '@greenroom/plugin-environments-node/contract-kit';
import { LAB_SCRIPTS } from '../../testing/blueprints';
import { crashBeforeWrite, cutAfterWrites } from '../../testing/crash';
import { useTestDatabases } from '../../testing/database';
import { Lab, startLab } from '../../testing/lab';

jest.setTimeout(120_000);

describe('an operation whose worker dies', () => {
  const databases = useTestDatabases();

  /** Nobody renews the claims of the dead. */
  const expireClaims = (lab: Lab) =>
    lab.engine
      .knex('operations')
      .where({ state: 'running' })
      .update({ claim_until: '2000-01-01' });

  /** The worker dies before each of its writes in turn; each time another one goes on. */
  async function dieAtEveryWrite(
    lab: Lab,
    begin: () => Promise<string>,
    check: (id: string) => Promise<void>,
  ): Promise<number> {
    for (let n = 1; ; n++) {
      const id = await begin();
      const end = crashBeforeWrite(n);
      await lab.engine.work();
      const { crashed } = end();
      if (!crashed) {
        await check(id);
        return n - 1;
      }
      await expireClaims(lab);
      await lab.engine.work();
      await check(id);
      const journal = lab.engine.driver.world.journal();
      expect(doubledEffects(journal)).toEqual([]);
      expect(lateEffects(journal)).toEqual([]);
    }
  }

  /** An apply that nobody has planned since the last one would show here. */
  function expectEachApplyPlanned(lab: Lab) {
    const { calls } = lab.engine.driver;
    calls.forEach((call, index) => {
      if (call.action !== 'apply') return;
      const before = calls
        .slice(0, index)
        .filter(
          ({ component, environmentId, action }) =>
            component === call.component &&
            environmentId === call.environmentId &&
            (action === 'plan' || action === 'apply'),
        )
        .at(-1);
      expect(before).toMatchObject({ action: 'plan', fence: call.fence });
    });
  }

  it.each<[string, SubmitOperationRequest, SubmitOperationRequest]>([
    [
      'update',
      { kind: 'update', inputs: { zone: 'b', cache: true } },
      { kind: 'update', inputs: { zone: 'a', cache: false } },
    ],
    ['pause', { kind: 'pause' }, { kind: 'resume' }],
  ])(
    'in an %s is gone on with from every point',
    async (_kind, there, back) => {
      const lab = await startLab(await databases.create());
      try {
        let turn = 0;
        const writes = await dieAtEveryWrite(
          lab,
          async () => {
            const request = turn++ % 2 === 0 ? there : back;
            return (await lab.engine.submit(lab.id, request)).id;
          },
          async id => {
            const operation = await lab.operation(id);
            expect(operation.problem).toBeUndefined();
            expect(operation.state).toBe('succeeded');
          },
        );
        expect(writes).toBeGreaterThan(8);
        expectEachApplyPlanned(lab);
      } finally {
        await lab.engine.stop();
      }
    },
  );

  it('in a create or destroy is gone on with from every point', async () => {
    const lab = await startLab(await databases.create());
    try {
      let made: string | undefined = lab.id;
      const writes = await dieAtEveryWrite(
        lab,
        async () => {
          if (made) {
            const { id } = await lab.engine.submit(made, { kind: 'destroy' });
            made = undefined;
            return id;
          }
          const { environment, operation } = await lab.engine.create({
            blueprint: 'lab',
            inputs: {},
          });
          made = environment.id;
          return operation.id;
        },
        async id => {
          const operation = await lab.operation(id);
          expect(operation.problem).toBeUndefined();
          expect(operation.state).toBe('succeeded');
          const left = lab.engine.driver.world.keys();
          expect(left).toHaveLength(made ? 3 : 0);
        },
      );
      expect(writes).toBeGreaterThan(8);
      expectEachApplyPlanned(lab);
    } finally {
      await lab.engine.stop();
    }
  });

  it('half way through an apply has the rest of its plan applied', async () => {
    const lab = await startLab(await databases.create(), { made: false });
    try {
      const things = ['one', 'two'].map(name => ({
        address: `fault_thing.${name}`,
        type: 'fault_thing',
        attributes: {},
      }));
      let end = () => ({ crashed: false });
      lab.engine.driver.script('network', {
        outputs: { id: { value: 'net', sensitive: false } },
        resources: things,
        apply: byAttempt(
          inOrder(makes('fault_thing.one'), () => {
            end = crashBeforeWrite(1);
            throw new Error('its process is killed');
          }),
        ),
      });
      await lab.engine.work();
      expect(end()).toEqual({ crashed: true });
      await expireClaims(lab);
      await lab.engine.work();
      expect(await lab.get()).toMatchObject({
        state: 'running',
        latestOperation: { state: 'succeeded' },
      });
      expect(
        lab
          .world('network')
          .resources.map(({ address }) => address)
          .sort(),
      ).toEqual(['fault_thing.one', 'fault_thing.two']);
    } finally {
      await lab.engine.stop();
    }
  });

  it('is nothing that a connection makes of it which is cut after each commit', async () => {
    const lab = await startLab(await databases.create());
    try {
      lab.engine.driver.script('app', {
        ...LAB_SCRIPTS.app,
        apply: prints('one', 'two'),
      });
      const { id } = await lab.engine.submit(lab.id, {
        kind: 'update',
        inputs: { color: 'blue', cache: true },
      });
      const end = cutAfterWrites();
      try {
        await lab.engine.work();
      } finally {
        end();
      }
      const { state, problem, steps } = await lab.operation(id);
      expect({ state, problem }).toEqual({ state: 'succeeded' });
      const attempts = steps.map(({ attempt }) => attempt);
      expect(Math.max(...attempts)).toBe(1);
      expect(await lab.get()).toMatchObject({
        state: 'running',
        inputs: { color: 'blue', cache: true },
        outputs: [{ value: 'http://blue' }],
      });
      expect(doubledEffects(lab.engine.driver.world.journal())).toEqual([]);
      const { knex } = lab.engine;
      const told = await knex('audit_entries')
        .where({ operation_id: id })
        .orderBy('id')
        .pluck('action');
      expect(told).toEqual([
        'environment.update.requested',
        'environment.update.succeeded',
      ]);
      const said = await knex('operation_logs')
        .where({ operation_id: id, stream: 'stdout' })
        .orderBy('id')
        .pluck('text');
      expect(said).toEqual(['one', 'two']);
    } finally {
      await lab.engine.stop();
    }
  });
});
