import { EnvironmentsClient } from '@greenroom/plugin-environments-common';
import { DriverError } from '@greenroom/plugin-environments-node';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { publishBlueprint, usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(120_000);

const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: single, title: Single}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  components:
    app: {driver: fault, source: ./app, with: {color: red}}
  ttl: {default: 1h}
`;

describe('the commands about what runs', () => {
  const driver = new FaultDriver();
  const portal = usePortal(driver);
  const greenroom = (...args: string[]) => portal.greenroom(...args);
  let client: EnvironmentsClient;
  let id: string;

  beforeAll(async () => {
    ({ client } = portal);
    await publishBlueprint(client, BLUEPRINT, { 'app/main.tf': '' });
    const { environment, operation } = await client.createEnvironment(
      {
        name: 'shop-42',
        blueprint: 'single',
        owner: 'user:default/mock',
        inputs: {},
      },
      { idempotencyKey: 'shop-42' },
    );
    id = environment!.id;
    await client.streamLogs(operation!.id, { onLine: () => {} });
  });

  it('show how components stand, and bring one back', async () => {
    driver.world.drift(id, 'app', 'fault_thing.app', { color: 'blue' });
    const drifted = await greenroom('live', 'shop-42');
    expect(drifted).toMatchObject({ code: 0, err: '' });
    expect(drifted.out).toMatch(
      /app +shop-42-app +out of sync +healthy +revision 1/,
    );
    const one = await greenroom('live', 'show', 'shop-42', 'app');
    expect(one).toMatchObject({ code: 0, err: '' });
    expect(one.out).toMatch(/fault_thing\.app +change +color/);

    const synced = await greenroom('live', 'sync', 'shop-42', 'app');
    expect(synced).toMatchObject({
      code: 0,
      out: 'Asked for: app of shop-42 is synced.\n',
    });
    const json = await greenroom('live', 'show', 'shop-42', '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      items: [{ component: 'app', sync: 'synced' }],
      problems: [],
    });
  });

  it('go back to what ran before', async () => {
    const { history } = await client.live.get(id, 'app');
    const [{ id: to }] = history;
    const back = await greenroom(
      ...['live', 'rollback', 'shop-42', 'app', '--to', to],
    );
    expect(back).toMatchObject({ code: 0, err: '' });
    expect(back.out).toContain(`app of shop-42 goes back to ${to}`);
    expect(driver.live.calls.at(-1)).toMatchObject({ action: 'rollback', to });
  });

  it('say why they can not', async () => {
    driver.script('app', {
      live: {
        shows: {
          resources: [
            {
              id: '1',
              group: 'apps',
              kind: 'Deployment',
              name: 'web',
              health: 'degraded',
              message: 'no such image',
              images: [],
            },
          ],
          operation: { phase: 'failed', message: 'one failed', by: 'mira' },
        },
      },
    });
    const unwell = await greenroom('live', 'show', 'shop-42', 'app');
    expect(unwell.out).toContain('The last sync of mira: failed. one failed');
    expect(unwell.out).toMatch(/Deployment +web +degraded +no such image/);

    const unknown = await greenroom('live', 'sync', 'shop-42', 'web');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toMatch(/has no component "web"; it has app[\s\S]*→ /);
    const unsaid = await greenroom('live', 'rollback', 'shop-42', 'app');
    expect(unsaid).toMatchObject({ code: 2, out: '' });

    driver.script('app', {
      live: {
        asked: () => {
          throw new DriverError({ code: 'fault.away', message: 'Away' });
        },
      },
    });
    const away = await greenroom('live', 'shop-42');
    expect(away).toMatchObject({ code: 0, out: 'fault.away: Away\n' });
  });
});
