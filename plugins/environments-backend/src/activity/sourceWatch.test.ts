import { EnvironmentSighting } from '@greenroom/plugin-environments-node';
import { addSeconds } from '../clock';
import { useTestDatabases } from '../testing/database';
import { Lab, startLab } from '../testing/lab';

describe('what others see of use', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab(await databases.create(), { made: false });
  });
  afterEach(() => lab.engine.stop());

  const see = (...sightings: EnvironmentSighting[]) =>
    lab.engine.rooms
      .watchActivity({
        signal: 'argocd',
        watch: async tell => {
          for (const sighting of sightings) await tell(sighting);
        },
      })
      .tick(lab.engine.clock.now());
  const signals = () =>
    lab.engine
      .knex('activity_signals')
      .select('environment_id', 'signal', 'seen_at', 'evidence');

  it('is noted down for the environment, at the latest now', async () => {
    const now = lab.engine.clock.now();
    const note = 'mira synced shop';
    await see({ environmentId: lab.id, at: addSeconds(now, 5), note });
    expect(await signals()).toEqual([
      {
        environment_id: lab.id,
        signal: 'argocd',
        seen_at: now,
        evidence: { note },
      },
    ]);
  });

  it('is passed over where there is no such environment', async () => {
    const at = lab.engine.clock.now();
    await see(
      { environmentId: "none'; --", at },
      { environmentId: '11111111-2222-4333-8444-555555555555', at },
    );
    expect(await signals()).toEqual([]);
  });
});
