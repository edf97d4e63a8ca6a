import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Knex } from 'knex';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  EnvironmentsClient,
  Operation,
} from '@greenroom/plugin-environments-common';
import { DriverContext } from '@greenroom/plugin-environments-node';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { connect } from '../portal/connect';
import { runCommand } from '../__testUtils__/commands';
import { startTestPortal, TestPortal } from '../__testUtils__/portal';
import { publishBlueprint } from '../__testUtils__/usePortal';

jest.setTimeout(120_000);

const OLD = { id: '2026', secret: 'one secret that is long enough for this' };
const NEW = { id: '2027', secret: 'another secret, long enough for this too' };

const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: single, title: Single}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  components:
    site: {driver: fault, source: ./site}
  ttl: {default: 1h}
`;

describe('the commands that call a portal', () => {
  let portal: TestPortal;
  // Stopped before the databases go, whose hook comes next.
  afterAll(() => portal.stop());
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  let knex: Knex;
  let client: EnvironmentsClient;
  let env: NodeJS.ProcessEnv;
  let operation: Operation;
  let fails = false;
  let serial = 0;

  const driver = new FaultDriver({
    scripts: {
      site: {
        apply: async ({ context }) => {
          for (const text of ['one', 'two', 'three']) {
            context.log({ stream: 'stdout', level: 'info', text });
          }
          await writeState(context, (serial += 1));
          await writeState(context, (serial += 1));
          if (fails) throw new Error('no luck');
        },
      },
    },
  });

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await start([OLD]);
    await publishBlueprint(client, BLUEPRINT, { 'site/main.tf': '' });
    operation = await create('shop');
  });

  async function start(keys: (typeof OLD)[]): Promise<void> {
    await portal?.stop();
    portal = await startTestPortal({ knex, driver, keys });
    env = {
      GREENROOM_URL: `${portal.url}/`,
      GREENROOM_TOKEN: mockCredentials.user.token(),
    };
    client = await connect({ url: portal.url, as: 'mira' });
  }

  /** An environment whose create has ended, well or not. */
  async function create(name: string): Promise<Operation> {
    const created = await client.createEnvironment(
      { name, blueprint: 'single', owner: 'user:default/mock', inputs: {} },
      { idempotencyKey: name },
    );
    await client.streamLogs(created.operation!.id, { onLine: () => {} });
    return client.getOperation(created.operation!.id);
  }

  const greenroom = (...args: string[]) => runCommand(env, ...args);

  it('list and show operations', async () => {
    const list = await greenroom('operations', 'list', '--environment', 'shop');
    expect(list).toMatchObject({ code: 0, err: '' });
    expect(list.out).toMatch(
      new RegExp(`${operation.id} +shop +1 +create +succeeded .*mock`),
    );
    const show = await greenroom('operations', 'show', operation.id);
    expect(show.out).toContain('Operation 1 of shop: create, succeeded');
    expect(show.out).toMatch(/site +apply +succeeded/);
    const json = await greenroom('operations', 'show', operation.id, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ id: operation.id });
  });

  it('print a log, from a line on and as JSON', async () => {
    const whole = await greenroom('logs', operation.id);
    expect(whole).toMatchObject({ code: 0, err: '' });
    expect(whole.out).toMatch(/^20\S+Z site apply one$/m);
    const json = await greenroom('logs', operation.id, '--json');
    const lines = json.out
      .trim()
      .split('\n')
      .map(text => JSON.parse(text));
    const two = lines.find(({ text }) => text === 'two');
    const rest = await greenroom('logs', operation.id, '--after', two.id);
    expect(rest.out).not.toContain('two');
    expect(rest.out).toContain('three');
  });

  it('follow a log to the end, and fail when the operation did', async () => {
    expect(await greenroom('logs', operation.id, '--follow')).toMatchObject({
      code: 0,
      err: '',
    });
    fails = true;
    const failed = await create('broken');
    fails = false;
    const followed = await greenroom('logs', failed.id, '-f');
    expect(followed.code).toBe(1);
    expect(followed.out).toContain('three');
    expect(followed.err).toContain('The operation failed.');
    const shown = await greenroom('operations', 'show', failed.id);
    expect(shown.out).toContain(`./greenroom operations retry ${failed.id}`);

    const retried = await greenroom(
      ...['operations', 'retry', failed.id, '--reason', 'again', '--json'],
    );
    expect(retried.code).toBe(0);
    const { id } = JSON.parse(retried.out);
    expect(await greenroom('logs', id, '--follow')).toMatchObject({ code: 0 });
  });

  it('say why an operation cannot be moved, and what to do', async () => {
    const cancelled = await greenroom('operations', 'cancel', operation.id);
    expect(cancelled.code).toBe(1);
    expect(cancelled.err).toMatch(/has ended[\s\S]*→ /);
    for (const move of [
      ['confirm', operation.id, '--plan', 'abc'],
      ['take-over', operation.id, '--reason', 'it hangs'],
      ['rollback', operation.id, '--dry-run'],
    ]) {
      const ran = await greenroom('operations', ...move);
      expect(ran).toMatchObject({ code: 1, out: '' });
      expect(ran.err).toContain('→');
    }
  });

  it('list, download and restore states', async () => {
    const list = await greenroom('state', 'list', 'shop');
    expect(list).toMatchObject({ code: 0, err: '' });
    expect(list.out).toContain('2 of 2.');
    expect(list.out).toMatch(/site +2 .* current$/m);
    const { items } = JSON.parse(
      (await greenroom('state', 'list', 'shop', '--json')).out,
    );
    const [, older] = items;

    const folder = await mkdtemp(join(tmpdir(), 'greenroom-cli-'));
    const file = join(folder, 'old.tfstate');
    const saved = await greenroom('state', 'download', older.id, '-o', file);
    expect(saved).toMatchObject({ code: 0, out: '' });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      serial: 1,
    });
    expect((await stat(file)).mode % 0o1000).toBe(0o600);
    await rm(folder, { recursive: true });
    const printed = await greenroom('state', 'download', older.id);
    expect(JSON.parse(printed.out)).toMatchObject({ serial: 1 });

    expect(await greenroom('state', 'restore', older.id)).toMatchObject({
      code: 2,
    });
    const restored = await greenroom(
      ...['state', 'restore', older.id, '--reason', 'a bad apply'],
    );
    expect(restored.out).toContain('with serial 3');
    const after = await greenroom('state', 'list', 'shop');
    expect(after.out).toMatch(
      /restored from \d+ by user:default\/mock: a bad apply/,
    );
    expect(
      await greenroom('state', 'restore', '999', '--reason', 'x'),
    ).toMatchObject({ code: 1 });
  });

  it('seal everything again by a new key, or say which key is missing', async () => {
    await start([NEW]);
    const refused = await greenroom('state', 'rekey');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('need the key "2026"');
    expect(refused.err).toContain('→ Put the key "2026" back');
    const looked = await greenroom('state', 'rekey', '--dry-run');
    expect(looked.out).toMatch(/2026 +\d+ +MISSING/);

    await start([NEW, OLD]);
    const done = await greenroom('state', 'rekey');
    expect(done.code).toBe(0);
    expect(done.err).toMatch(/(\d+) of \1 values sealed again\n$/);
    expect(done.out).toContain('all are under the key "2027"');
    await start([NEW]);
    const again = await greenroom('state', 'rekey', '--json');
    expect(JSON.parse(again.out)).toMatchObject({
      resealed: 0,
      firstKey: '2027',
      keys: [{ key: '2027' }],
    });
  });

  it('tell apart why they cannot begin', async () => {
    const nobody = await runCommand(
      { GREENROOM_URL: portal.url },
      'operations',
      'list',
    );
    expect(nobody.code).toBe(3);
    expect(nobody.err).toContain('--as mira');
    const stranger = await greenroom('operations', 'list', '--as', 'eve');
    expect(stranger.code).toBe(3);
    expect(stranger.err).toContain('does not let "eve" in');
    const mira = await greenroom('operations', 'list', '--as', 'mira');
    expect(mira.code).toBe(0);
    const wrong = await runCommand(
      { ...env, GREENROOM_TOKEN: 'nonsense' },
      ...['operations', 'list'],
    );
    expect(wrong.code).toBe(3);
    const nowhere = await runCommand(
      { ...env, GREENROOM_URL: 'http://localhost:9' },
      ...['operations', 'list'],
    );
    expect(nowhere.code).toBe(4);
    expect(nowhere.err).toContain('GREENROOM_URL');
    expect(await greenroom('operations', 'shout')).toMatchObject({ code: 2 });
    expect(await greenroom('state', '--help')).toMatchObject({ code: 0 });
    const unknown = await greenroom('state', 'list', 'nothing-of-that-name');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('→');
  });
});

/** As Terraform's http backend does. */
async function writeState(
  { state }: Pick<DriverContext, 'state'>,
  serial: number,
): Promise<void> {
  const call = async (method: string, address: string, body: object) => {
    const login = Buffer.from(`${state.username}:${state.password}`);
    const response = await fetch(address, {
      method,
      headers: { authorization: `Basic ${login.toString('base64')}` },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  const lock = { ID: `lock-${serial}` };
  await call('LOCK', state.lockAddress, lock);
  await call('POST', `${state.address}?ID=${lock.ID}`, {
    version: 4,
    serial,
    lineage: 'line',
  });
  await call('UNLOCK', state.unlockAddress, lock);
}
