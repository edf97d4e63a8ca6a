import assert from 'node:assert/strict';
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { signal, startMark, waitUntil } from './processes.mjs';
import { makeCheckout } from './testing/checkout.mjs';

async function assertAllGone(processes) {
  for (const [name, pid] of Object.entries(processes)) {
    assert.ok(
      await waitUntil(() => startMark(pid) === undefined, 20_000),
      `${name} (${pid}) is still running`,
    );
  }
}

test('start brings up database and backend, and Ctrl-C leaves no process', async t => {
  const checkout = await makeCheckout(t);
  const run = await checkout.start();
  const processes = checkout.processes();
  assert.match(run.output(), /http:\/\/localhost:\d+/);

  run.child.kill('SIGINT');
  assert.equal(await run.ended, 0);
  await assertAllGone(processes);
  assert.equal(existsSync(join(checkout.paths.run, 'portal.lock')), false);
});

test('the backend finds its settings in the environment, secrets being private', async t => {
  const checkout = await makeCheckout(t);
  const run = await checkout.start();
  const env = checkout.backendEnv();
  assert.equal(env.GREENROOM_HOME, checkout.paths.home);
  assert.equal(env.POSTGRES_HOST, '127.0.0.1');
  assert.equal(env.POSTGRES_USER, 'greenroom');
  assert.equal(Buffer.from(env.GREENROOM_SECRETS_KEY, 'base64').length, 32);
  assert.equal('GREENROOM_PROVIDER_MIRROR' in env, false);
  const secrets = join(checkout.paths.home, 'secrets.json');
  assert.equal(statSync(secrets).mode & 0o777, 0o600);
  assert.equal(
    JSON.parse(readFileSync(secrets, 'utf8')).postgresPassword,
    env.POSTGRES_PASSWORD,
  );
  run.child.kill('SIGTERM');
  await run.ended;
});

test('the backend is told of the stand-in for Argo CD, whose token nobody else reads', async t => {
  const checkout = await makeCheckout(t);
  const run = await checkout.start();
  const env = checkout.backendEnv();
  const { token } = checkout.argocdSandbox();
  assert.equal(token.length, 48);
  assert.equal(env.GREENROOM_ARGOCD_TOKEN, token);
  assert.equal((await fetch(env.GREENROOM_ARGOCD_URL)).status, 200);
  const facts = join(checkout.paths.run, 'argocd-sandbox.json');
  assert.equal(statSync(facts).mode & 0o777, 0o600);
  run.child.kill('SIGTERM');
  await run.ended;
  assert.equal(run.output().includes(token), false);
});

test('a stand-in for Argo CD that does not start is told, with its words', async t => {
  const checkout = await makeCheckout(t, {
    argocdSandbox: "throw new Error('memory.json is damaged');",
  });
  const { code, output } = await checkout.command('start');
  assert.equal(code, 1);
  assert.match(output, /The stand-in for Argo CD did not start/);
  assert.match(output, /memory.json is damaged/);
});

test('a launcher that is killed takes everything with it', async t => {
  const checkout = await makeCheckout(t);
  const run = await checkout.start();
  const processes = checkout.processes();
  run.child.kill('SIGKILL');
  await run.ended;
  await assertAllGone(processes);
});

test('what a killed launcher and killed guards left is ended by the next start', async t => {
  const checkout = await makeCheckout(t);
  const first = await checkout.start();
  const left = checkout.processes();
  // The launcher stands still first: it would end what a guard has left.
  for (const [pid, name] of [
    [first.child.pid, 'SIGSTOP'],
    [left.guard, 'SIGKILL'],
    [left.postgresGuard, 'SIGKILL'],
    [first.child.pid, 'SIGKILL'],
  ]) {
    signal(pid, name);
  }
  await first.ended;
  assert.notEqual(startMark(left.postgres), undefined);
  assert.notEqual(startMark(left.backend), undefined);

  const second = await checkout.start();
  await assertAllGone(left);
  second.child.kill('SIGTERM');
  assert.equal(await second.ended, 0);
});

test('another command beside it leaves a running portal alone', async t => {
  const checkout = await makeCheckout(t);
  const run = await checkout.start();
  const processes = checkout.processes();
  const { code, output } = await checkout.command(
    'test',
    '--only',
    'lock-file',
  );
  assert.equal(code, 0, output);
  assert.match(output, /\n1 passed, 0 failed\n$/);
  for (const pid of Object.values(processes)) {
    assert.notEqual(startMark(pid), undefined);
  }
  run.child.kill('SIGTERM');
  await run.ended;
});

test('a guard that is killed alone does not leave its process', async t => {
  const checkout = await makeCheckout(t);
  const run = await checkout.start();
  const processes = checkout.processes();
  signal(processes.guard, 'SIGKILL');
  assert.equal(await run.ended, 1);
  await assertAllGone(processes);
});

test('a backend that dies is told with its last words', async t => {
  const checkout = await makeCheckout(t);
  const run = await checkout.start();
  const processes = checkout.processes();
  signal(processes.backend, 'SIGKILL');
  assert.equal(await run.ended, 1);
  assert.match(
    run.output(),
    /The backend ended by itself \(ended by SIGKILL\)/,
  );
  await assertAllGone(processes);
});

test('a backend that cannot start is told with its last words', async t => {
  const checkout = await makeCheckout(t, {
    backend: 'throw new Error("no table to stand on");',
  });
  const { code, output } = await checkout.command('start');
  assert.equal(code, 1);
  assert.match(output, /The backend ended while starting/);
  assert.match(output, /no table to stand on/);
});

test('a second start says that the first is running, and stop ends it', async t => {
  const checkout = await makeCheckout(t);
  const run = await checkout.start();
  const processes = checkout.processes();

  const second = await checkout.command('start');
  assert.equal(second.code, 1);
  assert.match(second.output, /already running here \(process \d+\)/);
  const reset = await checkout.command('reset', '--yes');
  assert.equal(reset.code, 1);

  const stopped = await checkout.command('stop');
  assert.equal(stopped.code, 0);
  assert.match(stopped.output, /Greenroom is stopped/);
  await run.ended;
  await assertAllGone(processes);
  assert.match(
    (await checkout.command('stop')).output,
    /Greenroom is not running/,
  );
});

// Takes the place of portal and worker: each listens where its own health is asked for.
const PORTAL_OR_WORKER = `
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
const isWorker = process.argv[2] === 'worker';
const port = isWorker
  ? process.env.APP_CONFIG_backend_listen_port
  : process.env.GREENROOM_PORT;
const facts = { pid: process.pid, env: process.env };
const name = isWorker ? 'worker-' + process.pid : 'backend';
writeFileSync(process.env.GREENROOM_HOME + '/' + name + '.json', JSON.stringify(facts));
createServer((_, response) => response.end('ok')).listen(Number(port), '127.0.0.1');
`;

test('workers join a portal that runs, and end with it', async t => {
  const checkout = await makeCheckout(t, { backend: PORTAL_OR_WORKER });
  const early = await checkout.command('worker');
  assert.equal(early.code, 1);
  assert.match(early.output, /No portal runs here.*\n.*\.\/greenroom start/);

  const portal = await checkout.start();
  const workers = [checkout.greenroom('worker'), checkout.greenroom('worker')];
  for (const worker of workers) {
    assert.ok(
      await waitUntil(
        () => worker.output().includes('carries operations of'),
        60_000,
      ),
      worker.output(),
    );
  }
  const said = workers.map(worker => worker.output()).join('');
  assert.match(said, /Worker 1 carries/);
  assert.match(said, /Worker 2 carries/);
  const names = readdirSync(checkout.paths.home).filter(name =>
    /^worker-\d+\.json$/.test(name),
  );
  const [facts, others] = names.map(name =>
    JSON.parse(readFileSync(join(checkout.paths.home, name), 'utf8')),
  );
  assert.equal(facts.env.POSTGRES_PORT, checkout.backendEnv().POSTGRES_PORT);
  assert.equal(facts.env.GREENROOM_PORT, checkout.backendEnv().GREENROOM_PORT);

  workers[0].child.kill('SIGTERM');
  assert.equal(await workers[0].ended, 0);
  portal.child.kill('SIGTERM');
  assert.equal(await portal.ended, 0);
  assert.equal(await workers[1].ended, 0);
  await assertAllGone({ one: facts.pid, other: others.pid });
});

test('data outlives stop and start, and reset removes it', async t => {
  const checkout = await makeCheckout(t);
  const first = await checkout.start();
  first.child.kill('SIGTERM');
  await first.ended;
  const password = checkout.backendEnv().POSTGRES_PASSWORD;
  const second = await checkout.start();
  assert.equal(checkout.backendEnv().POSTGRES_PASSWORD, password);
  second.child.kill('SIGTERM');
  await second.ended;

  assert.equal((await checkout.command('reset')).code, 1);
  assert.ok(existsSync(join(checkout.paths.home, 'postgres')));
  assert.equal((await checkout.command('reset', '--yes')).code, 0);
  assert.equal(existsSync(join(checkout.paths.home, 'postgres')), false);
  assert.ok(existsSync(join(checkout.paths.state, 'installed.json')));
});

test('a busy port is refused with its owner and a way out', async t => {
  const checkout = await makeCheckout(t);
  const server = createServer().listen(checkout.port, '127.0.0.1');
  t.after(() => server.close());
  const { code, output } = await checkout.command('start');
  assert.equal(code, 1);
  assert.match(output, new RegExp(`Port ${checkout.port} is in use by`));
  assert.match(output, new RegExp(`--port ${checkout.port + 1}`));
});

test('a pid file of a process that is gone, or of another one, is no obstacle', async t => {
  const checkout = await makeCheckout(t);
  const first = await checkout.start();
  first.child.kill('SIGTERM');
  await first.ended;
  const lock = join(checkout.paths.run, 'portal.lock');
  // This test's own process lives, but was not started at that time.
  writeFileSync(lock, JSON.stringify({ pid: process.pid, mark: '1' }));
  const second = await checkout.start();
  second.child.kill('SIGTERM');
  assert.equal(await second.ended, 0);
});

test('damaged secrets are not replaced while a database needs them', async t => {
  const checkout = await makeCheckout(t);
  const run = await checkout.start();
  run.child.kill('SIGTERM');
  await run.ended;
  writeFileSync(join(checkout.paths.home, 'secrets.json'), '{"postgresPa');
  const { code, output } = await checkout.command('start');
  assert.equal(code, 1);
  assert.match(output, /secrets\.json is damaged/);
});

test('an unknown option is refused with a hint at help', async t => {
  const checkout = await makeCheckout(t);
  const { code, output } = await checkout.command('start', '--prot', '7008');
  assert.equal(code, 2);
  assert.match(output, /--prot/);
});
