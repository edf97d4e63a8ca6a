import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { addSeconds } from '../clock';
import { LAB_BLUEPRINT } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';
import { MIRA } from '../testing/engine';
import { Lab, startLab } from '../testing/lab';

describe('reports of use', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab(await databases.create(), {
      made: false,
      blueprint: LAB_BLUEPRINT,
    });
  });
  afterEach(() => lab.engine.stop());

  const report = (body: { source: string; at?: string; note?: string }) =>
    lab.engine.rooms.activityReports.report(lab.id, body, MIRA);
  const signals = () =>
    lab.engine
      .knex('activity_signals')
      .orderBy('signal')
      .select('signal', 'seen_at');

  it('are noted down once a minute, and never go back', async () => {
    const { clock } = lab.engine;
    const first = clock.now();
    await report({ source: 'ci' });
    clock.goTo(addSeconds(first, 59));
    await report({ source: 'ci' });
    expect(await signals()).toEqual([{ signal: 'ci', seen_at: first }]);
    clock.goTo(addSeconds(first, 60));
    await report({ source: 'ci' });
    await report({ source: 'ci', at: first.toISOString() });
    expect(await signals()).toEqual([
      { signal: 'ci', seen_at: addSeconds(first, 60) },
    ]);
  });

  it('are told apart by their source, as far as anybody reads', async () => {
    for (let index = 0; index < 25; index++) {
      await report({ source: `job-${index}` });
    }
    const all = await signals();
    expect(all).toHaveLength(21);
    expect(all).toContainEqual(expect.objectContaining({ signal: 'others' }));
  });

  it('are refused for what is to come, and taken from a clock that is a little ahead', async () => {
    const now = lab.engine.clock.now();
    const inAMinute = addSeconds(now, 59).toISOString();
    await report({ source: 'ci', at: inAMinute });
    expect(await signals()).toEqual([{ signal: 'ci', seen_at: now }]);
    await expect(
      report({ source: 'ci', at: addSeconds(now, 61).toISOString() }),
    ).rejects.toMatchObject({
      problems: [{ code: 'activity.at', field: '/at' }],
    });
  });

  it('take the permission to change the environment', async () => {
    lab.engine.policy.byPermission['environments.environment.update'] = {
      result: AuthorizeResult.DENY,
    };
    await expect(report({ source: 'ci' })).rejects.toMatchObject({
      problems: [{ code: 'environment.not-allowed' }],
    });
    expect(await signals()).toEqual([]);
  });
});
