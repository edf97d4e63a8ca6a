import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { Knex } from 'knex';
import request from 'supertest';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  EnvironmentsClient,
  LogLine,
} from '@greenroom/plugin-environments-common';
import {
  inOrder,
  prints,
  printsMany,
  waitsFor,
} from '@greenroom/plugin-environments-node/contract-kit';
import { createTestApp } from '../../testing/app';
import { useTestDatabases } from '../../testing/database';
import { startTestEngine, TestEngine } from '../../testing/engine';
import { until } from '../../testing/until';

const SINGLE = { blueprint: 'single', inputs: {} };
const DAY = 86_400;

/** A backend on the database of another, whose connections can be cut. */
class Replica {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(readonly engine: TestEngine) {
    this.#server = createServer(createTestApp(engine));
    this.#server.on('connection', socket => this.#sockets.add(socket));
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  cut(): void {
    this.#sockets.forEach(socket => socket.destroy());
    this.#sockets.clear();
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await this.engine.stop();
  }
}

describe('reading logs over HTTP', () => {
  const databases = useTestDatabases();
  let knex: Knex;
  let engine: TestEngine;
  let replicas: Replica[];
  let urls: string[];

  beforeEach(async () => {
    knex = await databases.create();
    replicas = [];
    for (let number = 0; number < 2; number++) {
      replicas.push(new Replica(await startTestEngine(knex)));
    }
    urls = await Promise.all(replicas.map(replica => replica.start()));
    engine = replicas[0].engine;
  });
  afterEach(() => Promise.all(replicas.map(replica => replica.stop())));

  /** As behind a load balancer: each request goes to the next replica. */
  function balancedClient(): EnvironmentsClient {
    let count = 0;
    return new EnvironmentsClient({
      discoveryApi: { getBaseUrl: async () => urls[count++ % urls.length] },
      fetchApi: { fetch },
    });
  }

  it('goes on over another replica when a connection is cut, with none lost and none twice', async () => {
    let finish = () => {};
    const gate = new Promise<void>(resolve => {
      finish = resolve;
    });
    engine.driver.script('site', {
      apply: inOrder(printsMany(300), waitsFor(gate), printsMany(300)),
    });
    const { operation } = await engine.create(SINGLE);
    const lines: LogLine[] = [];
    let ended: string | undefined;
    const reading = balancedClient().streamLogs(operation.id, {
      onLine: line => lines.push(line),
      onEnd: state => {
        ended = state;
      },
    });
    const working = engine.work();
    await until(async () => lines.length >= 300);
    replicas.forEach(replica => replica.cut());
    finish();
    await working;
    await reading;
    expect(ended).toBe('succeeded');
    const apply = lines.filter(({ stream }) => stream === 'stdout');
    const numbers = Array.from({ length: 300 }, (_, at) => `line ${at + 1}`);
    expect(apply.map(({ text }) => text)).toEqual([...numbers, ...numbers]);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  });

  it('gives each line with time, component, step and stream', async () => {
    engine.driver.script('site', { apply: prints('hello') });
    const { operation } = await engine.create(SINGLE);
    await engine.work();
    const { items } = await balancedClient().getLogs(operation.id, {});
    expect(items).toContainEqual({
      id: expect.stringMatching(/^\d+$/),
      time: engine.clock.now().toISOString(),
      component: 'site',
      action: 'apply',
      stream: 'stdout',
      level: 'info',
      text: 'hello',
    });
  });

  it('is a download as text, or as JSON lines', async () => {
    engine.driver.script('site', { apply: printsMany(2500) });
    const { operation, environment } = await engine.create(SINGLE);
    await engine.work();
    const download = (format?: string) =>
      request(urls[1])
        .get(`/operations/${operation.id}/logs/download`)
        .query(format ? { format } : {});

    const text = await download().expect(200);
    expect(text.headers['content-type']).toContain('text/plain');
    expect(text.headers['content-disposition']).toBe(
      `attachment; filename="${environment.name}-operation-1.log"`,
    );
    const said = text.text.split('\n').filter(line => line.includes('stdout'));
    expect(said).toHaveLength(2500);
    expect(said[2499]).toMatch(/^20\S+Z site apply stdout {4}line 2500$/);

    const json = await (
      await balancedClient().downloadLogs(operation.id, 'jsonl')
    ).text();
    const parsed = json
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(parsed.at(-1)).toHaveProperty('component', 'site');
    expect(parsed).toHaveLength(text.text.trim().split('\n').length);
    await download('xml').expect(400);
  });

  it('is for those alone who may see the environment', async () => {
    const { operation } = await engine.create(SINGLE);
    engine.policy.decision = { result: AuthorizeResult.DENY };
    for (const path of ['logs', 'logs/stream', 'logs/download']) {
      await request(urls[0])
        .get(`/operations/${operation.id}/${path}`)
        .expect(404);
    }
    await request(urls[0])
      .get('/operations/nonsense/logs/download')
      .expect(404);
  });

  it('says that a log is gone, after it was kept long enough and in small pieces', async () => {
    engine.driver.script('site', { apply: printsMany(12_000) });
    const { operation } = await engine.create(SINGLE);
    await engine.work();
    engine.clock.advance(89 * DAY);
    await engine.rooms.retention.tick(engine.clock.now());
    const client = balancedClient();
    const kept = await client.getLogs(operation.id, {});
    expect(kept.items).toHaveLength(1000);
    expect(kept.removed).toBeUndefined();

    const now = engine.clock.advance(2 * DAY);
    replicas[1].engine.clock.advance(91 * DAY);
    await Promise.all(
      replicas.map(replica =>
        replica.engine.rooms.retention.tick(replica.engine.clock.now()),
      ),
    );
    expect(await knex('operation_logs').count()).toEqual([{ count: '0' }]);
    const removed = { at: expect.any(String), keptFor: '90 d' };
    expect(await client.getLogs(operation.id, {})).toEqual({
      items: [],
      complete: true,
      removed,
    });
    const ends: unknown[] = [];
    await client.streamLogs(operation.id, {
      onLine: () => {},
      onEnd: (...end) => ends.push(end),
    });
    expect(ends).toEqual([['succeeded', removed]]);
    const answer = await request(urls[0])
      .get(`/operations/${operation.id}/logs/download`)
      .expect(404);
    expect(answer.body.problems).toMatchObject([
      { code: 'operation.log-removed' },
    ]);
    expect(answer.body.problems[0].message).toContain('was kept for 90 d');
    const row = await knex('operations').first('logs_removed_at');
    expect(row.logs_removed_at.getTime()).toBeLessThanOrEqual(
      now.getTime() + DAY * 1000,
    );
  });

  it('keeps the log of an operation that has not ended, however old it is', async () => {
    let finish = () => {};
    const gate = new Promise<void>(resolve => {
      finish = resolve;
    });
    engine.driver.script('site', {
      apply: inOrder(prints('still here'), waitsFor(gate)),
    });
    await engine.create(SINGLE);
    const working = engine.work();
    const said = () => knex('operation_logs').where({ text: 'still here' });
    await until(async () => (await said()).length > 0);
    engine.clock.advance(200 * DAY);
    await engine.rooms.retention.tick(engine.clock.now());
    expect(await said()).toHaveLength(1);
    finish();
    await working;
  });
});
