import { Knex } from 'knex';
import {
  Operation,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import { fails } from '@greenroom/plugin-environments-node/contract-kit';
import { LAB_BLUEPRINT, LAB_SCRIPTS } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { MIRA } from '../../testing/engine';
import { Lab, startLab } from '../../testing/lab';

describe('operations that wait behind another one', () => {
  const databases = useTestDatabases();
  let knex: Knex;
  let lab: Lab;

  beforeEach(async () => {
    knex = await databases.create();
    lab = await startLab(knex);
  });
  afterEach(() => lab.engine.stop());

  /** Asks for all of them at once, and carries out what can be. */
  async function queue(
    ...requests: SubmitOperationRequest[]
  ): Promise<Operation[]> {
    const ids: string[] = [];
    for (const request of requests) {
      const asked = { ...request, whenBusy: 'queue' as const };
      ids.push((await lab.engine.submit(lab.id, asked)).id);
    }
    await lab.engine.work();
    return Promise.all(ids.map(id => lab.operation(id)));
  }

  const paint = (color: string): SubmitOperationRequest => ({
    kind: 'update',
    inputs: { color },
  });

  /** Makes the database refuse to let an operation begin, so often. */
  async function refuseToBegin(id: string, code: string, times: number) {
    await knex.raw('CREATE SEQUENCE tries');
    await knex.raw(
      `CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN
         IF nextval('tries') <= ${times} THEN
           RAISE 'no' USING ERRCODE = '${code}';
         END IF;
         RETURN NEW;
       END $$ LANGUAGE plpgsql`,
    );
    await knex.raw(
      `CREATE TRIGGER refuse BEFORE UPDATE ON operations FOR EACH ROW
       WHEN (OLD.id = '${id}' AND NEW.state = 'queued') EXECUTE FUNCTION refuse()`,
    );
  }

  it('get their turn in the order in which they were asked for', async () => {
    const done = await queue(paint('blue'), paint('green'), paint('white'));
    expect(done).toMatchObject(done.map(() => ({ state: 'succeeded' })));
    const painted = lab.engine.driver.calls
      .filter(call => call.component === 'app' && call.action === 'apply')
      .map(call => call.with.color);
    expect(painted).toEqual(['red', 'blue', 'green', 'white']);
  });

  it('make of the environment what it has become by then, unless they were asked for something else', async () => {
    const [, remediate] = await queue(paint('blue'), { kind: 'remediate' });
    expect(remediate).toMatchObject({
      state: 'succeeded',
      inputs: { color: 'blue' },
    });
    expect(await lab.get()).toMatchObject({ inputs: { color: 'blue' } });
  });

  it('end with the reason when they can’t begin any more, and the next one begins', async () => {
    const [, resume, next] = await queue(
      paint('blue'),
      { kind: 'resume' },
      paint('green'),
    );
    expect(resume).toMatchObject({
      state: 'cancelled',
      steps: [],
      problem: { code: 'environment.state' },
    });
    expect(next).toMatchObject({ state: 'succeeded' });
    expect(await lab.get()).toMatchObject({
      state: 'running',
      inputs: { color: 'green' },
    });
  });

  it('end also when they would change nothing, as dry runs', async () => {
    const [, resume] = await queue(paint('blue'), {
      kind: 'resume',
      dryRun: true,
    });
    expect(resume).toMatchObject({
      state: 'cancelled',
      problem: { code: 'environment.state' },
    });
  });

  it('end when the version that they would update was not reached', async () => {
    await lab.engine.blueprints.publish(
      LAB_BLUEPRINT.replace('version: 1.0.0', 'version: 2.0.0'),
      {
        'network/main.tf': '# another one',
        'database/main.tf': '',
        'app/main.tf': '',
        'cache/main.tf': '',
      },
    );
    lab.engine.driver.script('network', {
      ...LAB_SCRIPTS.network,
      plan: fails(),
    });
    const [upgrade, update] = await queue(
      { kind: 'upgrade', version: '2.0.0' },
      paint('blue'),
    );
    expect(upgrade).toMatchObject({ state: 'failed' });
    expect(update).toMatchObject({
      state: 'cancelled',
      problem: { code: 'operation.outdated' },
    });
    expect(await lab.get()).toMatchObject({
      state: 'running',
      blueprint: { version: '1.0.0' },
    });
  });

  it('leave nothing behind of what they had begun', async () => {
    await lab.engine.blueprints.publish(
      LAB_BLUEPRINT.replace('version: 1.0.0', 'version: 2.0.0').replace(
        / +pause: .*\n/g,
        '',
      ),
    );
    const [, pause] = await queue(
      { kind: 'upgrade', version: '2.0.0' },
      { kind: 'pause' },
    );
    expect(pause).toMatchObject({
      state: 'cancelled',
      problem: { code: 'environment.nothing-to-pause' },
    });
    expect(await lab.get()).toMatchObject({ state: 'running' });
  });

  it('keep nothing before or behind them from its end when they break as they begin', async () => {
    const first = await lab.engine.submit(lab.id, paint('blue'));
    const broken = await lab.engine.submit(lab.id, {
      ...paint('green'),
      whenBusy: 'queue',
    });
    await refuseToBegin(broken.id, 'P0001', 1);
    const [next] = await queue(paint('white'));
    expect(await lab.operation(first.id)).toMatchObject({ state: 'succeeded' });
    expect(await lab.operation(broken.id)).toMatchObject({
      state: 'cancelled',
      problem: { code: 'operation.unexpected' },
    });
    expect(lab.engine.logger.error).toHaveBeenCalledWith(
      expect.stringContaining(broken.id),
      expect.any(Error),
    );
    expect(next).toMatchObject({ state: 'succeeded' });
  });

  it('are not given up when it was only the database that went away', async () => {
    await lab.engine.submit(lab.id, paint('blue'));
    const behind = await lab.engine.submit(lab.id, {
      ...paint('green'),
      whenBusy: 'queue',
    });
    await refuseToBegin(behind.id, '57P01', 1);
    await lab.engine.work();
    expect(await lab.operation(behind.id)).toMatchObject({
      state: 'succeeded',
    });
  });

  it('are rung for as soon as the one before them has ended, well or not', async () => {
    lab.engine.driver.script('app', { ...LAB_SCRIPTS.app, plan: fails() });
    const [, second, third] = await queue(
      { kind: 'remediate', dryRun: true },
      paint('blue'),
      paint('green'),
    );
    expect(lab.engine.rung).toEqual([second.id, third.id]);
  });

  it('are rung for when the one before them was cancelled as its plan came to wait', async () => {
    const first = await lab.engine.submit(lab.id, {
      ...paint('blue'),
      confirm: true,
    });
    lab.engine.driver.script('app', {
      ...LAB_SCRIPTS.app,
      plan: async () => {
        await lab.engine.rooms.operationMoves.cancel(first.id, {}, MIRA);
      },
    });
    const [behind] = await queue(paint('red'));
    expect(await lab.operation(first.id)).toMatchObject({
      state: 'cancelled',
    });
    expect(behind).toMatchObject({ state: 'succeeded' });
    expect(lab.engine.rung).toContain(behind.id);
  });

  it('are rung for as soon as one that was cancelled makes room', async () => {
    const first = await lab.engine.submit(lab.id, paint('blue'));
    const behind = await lab.engine.submit(lab.id, {
      ...paint('green'),
      whenBusy: 'queue',
    });
    lab.engine.rung.length = 0;
    await lab.engine.rooms.operationMoves.cancel(first.id, {}, MIRA);
    expect(lab.engine.rung).toEqual([behind.id]);
    expect(await lab.operation(behind.id)).toMatchObject({ state: 'queued' });
  });
});
