import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { environmentUpdatePermission } from '@greenroom/plugin-environments-common';
import { useTestDatabases } from '../testing/database';
import { MIRA } from '../testing/engine';
import {
  breaks,
  fails,
  LiveLab,
  problem,
  SECRET,
  startLiveLab,
} from '../testing/liveLab';

const DENY = { result: AuthorizeResult.DENY } as const;

describe('What runs of an environment may be made again', () => {
  const databases = useTestDatabases();
  let lab: LiveLab;

  beforeEach(async () => {
    lab = await startLiveLab(await databases.create());
  });
  afterEach(() => lab.engine.stop());

  const records = () =>
    lab.engine
      .knex('audit_entries')
      .where({ environment_id: lab.id })
      .where('action', 'like', 'component.%')
      .orderBy('id')
      .select('action', 'actor', 'details');

  it('as it was last applied, for whom the record names', async () => {
    lab.drift();
    await lab.sync();
    expect((await lab.get('app')).sync).toBe('synced');
    expect(lab.engine.driver.live.calls[0]).toMatchObject({
      action: 'sync',
      by: 'user:default/mira',
    });
    const entry = {
      actor: 'user:default/mira',
      details: { component: 'app' },
    };
    expect(await records()).toEqual([
      { action: 'component.sync.requested', ...entry },
      { action: 'component.synced', ...entry },
    ]);
  });

  it('which is a use of the environment', async () => {
    await lab.sync();
    expect(
      await lab.engine
        .knex('activity_signals')
        .where({ environment_id: lab.id })
        .select('signal', 'seen_at', 'evidence'),
    ).toEqual([
      {
        signal: 'live',
        seen_at: lab.engine.clock.now(),
        evidence: { by: 'user:default/mira', note: 'synced app' },
      },
    ]);
  });

  it('as it was before, which what is declared does not follow', async () => {
    const { history } = await lab.get('app');
    await lab.rollBack(history[0].id);
    expect(lab.engine.driver.live.calls.at(-1)).toMatchObject({
      action: 'rollback',
      to: history[0].id,
    });
    const details = { component: 'app', to: history[0].id };
    expect(await records()).toMatchObject([
      { action: 'component.rollback.requested', details },
      { action: 'component.rolled-back', details },
    ]);
  });

  it('and who asks is on record before the system is', async () => {
    const seen: unknown[] = [];
    lab.looks('app', {
      asked: async () => {
        seen.push(await records());
      },
    });
    await lab.sync();
    expect(seen).toMatchObject([[{ action: 'component.sync.requested' }]]);
  });

  it('unless its system refuses, which is on record', async () => {
    await expect(lab.rollBack('none')).rejects.toMatchObject({
      name: 'ConflictError',
      ...problem('fault.history'),
    });
    lab.looks('app', fails(`Not with ${SECRET}`));
    await expect(lab.sync()).rejects.toMatchObject(
      problem('fault.away', { message: 'Not with •••' }),
    );
    lab.looks('app', breaks);
    await expect(lab.sync()).rejects.toThrow('A driver has failed');
    const failed = (await records()).filter(({ action }) =>
      action.endsWith('.failed'),
    );
    expect(failed).toMatchObject([
      {
        action: 'component.rollback.failed',
        details: { component: 'app', to: 'none', code: 'fault.history' },
      },
      {
        action: 'component.sync.failed',
        details: { component: 'app', code: 'fault.away' },
      },
      { action: 'component.sync.failed', details: { code: 'unexpected' } },
    ]);
  });

  describe('and nobody is asked, nor is anything on record,', () => {
    /** What a call was refused for, and whether it left a trace. */
    async function refusal(call: () => Promise<void>) {
      const error = await call().catch(thrown => thrown);
      const { problems } = error;
      return { problems, asked: lab.asked(), records: await records() };
    }
    const untouched = (code: string, more = {}) => ({
      ...problem(code, more),
      asked: [],
      records: [],
    });

    it('while an operation has the environment', async () => {
      const { id: operationId } = await lab.engine.submit(lab.id, {
        kind: 'pause',
      });
      const remedy = expect.not.stringContaining('queued');
      const busy = untouched('environment.busy', { operationId, remedy });
      expect(await refusal(lab.sync)).toMatchObject(busy);
      expect(await refusal(() => lab.rollBack('1'))).toMatchObject(busy);
    });

    it('once it is destroyed', async () => {
      await lab.run('destroy');
      expect(await refusal(lab.sync)).toMatchObject(
        untouched('environment.destroyed'),
      );
    });

    it('of what ran before, while it is paused', async () => {
      await lab.run('pause');
      expect(await refusal(() => lab.rollBack('1'))).toMatchObject(
        untouched('live.paused'),
      );
    });

    it('of what ran before, while a pause of others has failed', async () => {
      await lab.write('app', { state: 'paused' });
      expect(await refusal(() => lab.rollBack('1'))).toMatchObject(
        untouched('live.paused'),
      );
    });

    it('of a component that was never made, is unknown or unseen', async () => {
      await lab.write('app', { apply_begun: false });
      expect(await refusal(lab.sync)).toMatchObject(
        untouched('live.not-there'),
      );
      expect(await refusal(() => lab.sync('web'))).toMatchObject(
        untouched('component.unknown'),
      );
      expect(await refusal(() => lab.sync('files'))).toMatchObject(
        untouched('live.unseen'),
      );
    });

    it('by those who may only see it', async () => {
      lab.engine.policy.byPermission[environmentUpdatePermission.name] = DENY;
      const why = untouched('environment.not-allowed');
      expect(await refusal(lab.sync)).toMatchObject(why);
      expect(await refusal(() => lab.rollBack('1'))).toMatchObject(why);
    });
  });

  it('while it is paused, as it was paused', async () => {
    await lab.run('pause');
    await lab.sync();
    expect(lab.asked()).toEqual(['sync app']);
  });

  it('while its teardown is only being checked', async () => {
    await lab.engine.rooms.teardownCheckRequests.check(lab.id, MIRA);
    await lab.sync();
    expect(lab.asked()).toEqual(['sync app']);
  });
});
