import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { FetchUrlReader } from '@backstage/backend-defaults/urlReader';
import { addSeconds } from '../../clock';
import { LAB_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { MIRA } from '../../testing/engine';
import { Lab, startLab } from '../../testing/lab';

/** Speaks as Prometheus does, of one number; undefined: it fails. */
class StandIn {
  value?: number;
  readonly queries: string[] = [];
  /** Called while it is asked. */
  onAsked: () => Promise<unknown> = async () => {};
  readonly #server: Server = createServer(async (request, response) => {
    const { searchParams } = new URL(request.url!, 'http://a.b');
    this.queries.push(searchParams.get('query')!);
    await this.onAsked();
    const result = [{ metric: {}, value: [1, String(this.value)] }];
    response.statusCode = this.value === undefined ? 503 : 200;
    response.end(
      JSON.stringify({
        status: 'success',
        data: { resultType: 'vector', result },
      }),
    );
  });

  async start(): Promise<string> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return `127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}

describe('the asking of probes', () => {
  const databases = useTestDatabases();
  let lab: Lab;
  let standIn: StandIn;
  let begun: Date;

  beforeEach(async () => {
    standIn = new StandIn();
    const host = await standIn.start();
    lab = await startLab(await databases.create(), {
      urlReader: FetchUrlReader.fromConfig(
        new ConfigReader({ backend: { reading: { allow: [{ host }] } } }),
      ),
      blueprint: LAB_BLUEPRINT.replace(
        '  ttl: {default: 1h}',
        `  idle:
    after: 30m
    then: pause
    probes:
      - name: requests
        prometheus: {url: 'http://${host}', query: 'requests{env="\${{ environment.name }}"}'}
      - name: cache
        http: {url: '\${{ components.cache.outputs.url }}', json: /used}
  ttl: {default: 3d}`,
      ),
    });
    begun = lab.engine.clock.now();
  });
  afterEach(async () => {
    await lab.engine.stop();
    await standIn.stop();
  });

  const at = (minutes: number) => addSeconds(begun, minutes * 60);
  const tick = async () => {
    const { rooms, clock } = lab.engine;
    await rooms.activitySweep.tick(clock.now());
    await rooms.probeSweep.tick(clock.now());
  };
  const goTo = async (minutes: number) => {
    const { clock } = lab.engine;
    while (clock.now() < at(minutes)) {
      const next = addSeconds(clock.now(), 150);
      clock.goTo(next < at(minutes) ? next : at(minutes));
      await tick();
    }
  };
  const paused = () =>
    lab.engine.knex('lease_entries').where({ kind: 'idle' }).select('detail');

  it('has what they see count as use, and their silence as nothing at all', async () => {
    standIn.value = 0;
    await tick();
    await tick();
    const { name, idle } = await lab.get();
    expect(standIn.queries).toEqual([`requests{env="${name}"}`]);
    // The other draws on a component that the environment does without.
    expect(idle?.probes).toEqual([
      { name: 'requests', answeredAt: begun.toISOString(), value: '0' },
    ]);
    await goTo(20);
    standIn.value = 2.5;
    await goTo(25);
    expect((await lab.get()).idle).toMatchObject({
      quietSince: at(26).toISOString(),
      signals: [
        {
          signal: 'probe:requests',
          at: at(25).toISOString(),
          evidence: { value: '2.5' },
        },
      ],
    });
    standIn.value = 0;
    await goTo(30);
    standIn.value = undefined;
    await goTo(89);
    expect((await lab.get()).idle).toMatchObject({
      standing: 'nobody knows: no answer of the probe requests',
      probes: [
        {
          value: '0',
          problem: expect.stringContaining('503'),
          failingSince: at(35).toISOString(),
        },
      ],
    });
    expect(lab.engine.notices).toEqual([]);
    await goTo(100);
    expect(await paused()).toEqual([]);
    expect(lab.engine.notices).toMatchObject([
      { payload: { topic: 'environments.idle' } },
    ]);
    // From its first answer on it is known again.
    standIn.value = 0;
    await goTo(132);
    expect(await paused()).toEqual([]);
    await goTo(145);
    expect(await paused()).toMatchObject([
      {
        detail: {
          quietSince: at(102.5).toISOString(),
          probes: [{ name: 'requests', value: '0' }],
        },
      },
    ]);
    expect(lab.engine.notices).toHaveLength(1);
  });

  it('is one at a time for each, over all replicas, and outlives who dies with it', async () => {
    standIn.value = 0;
    const { rooms, clock } = lab.engine;
    await rooms.activitySweep.tick(clock.now());
    let others = 0;
    standIn.onAsked = async () => {
      others += await rooms.probeSweep.tick(clock.now());
    };
    expect(await rooms.probeSweep.tick(clock.now())).toBe(2);
    expect(others).toBe(0);
    expect(standIn.queries).toHaveLength(1);

    clock.goTo(at(5));
    const stopping = new AbortController();
    standIn.onAsked = async () => stopping.abort();
    await rooms.probeSweep.tick(clock.now(), stopping.signal);
    expect((await lab.get()).idle?.probes).toMatchObject([
      { answeredAt: begun.toISOString() },
    ]);
    standIn.onAsked = async () => {};
    clock.goTo(at(7));
    await rooms.probeSweep.tick(clock.now());
    expect((await lab.get()).idle?.probes).toMatchObject([
      { answeredAt: at(7).toISOString() },
    ]);
  });

  it('rests while the environment is paused', async () => {
    standIn.value = 0;
    await tick();
    await lab.engine.rooms.operationRequests.submit(
      lab.id,
      { kind: 'pause' },
      MIRA,
    );
    await lab.engine.work();
    await tick();
    const before = standIn.queries.length;
    await goTo(20);
    expect(standIn.queries).toHaveLength(before);
    await lab.run({ kind: 'resume' });
    await tick();
    expect(standIn.queries).toHaveLength(before + 1);
  });
});
