import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startMark, waitUntil } from './processes.mjs';
import { makeCheckout } from './testing/checkout.mjs';

test('any other command is the command line’s, with its output and exit code', async t => {
  const checkout = await makeCheckout(t, {
    cli: `const words: string[] = process.argv.slice(2);
          console.log(words.join('+'));
          process.exitCode = 3;`,
  });
  const { code, output } = await checkout.command('blueprint', '--help');
  assert.equal(code, 3);
  assert.match(output, /^blueprint\+--help$/m);
});

const BENCH = `
import { Client } from 'pg';
const env = process.env;
const client = new Client({
  host: env.POSTGRES_HOST,
  port: Number(env.POSTGRES_PORT),
  user: env.POSTGRES_USER,
  password: env.POSTGRES_PASSWORD,
  database: 'postgres',
});
(async () => {
  await client.connect();
  const { rows } = await client.query("select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int as pid, current_setting('fsync') as fsync");
  await client.end();
  console.log(JSON.stringify({ ...rows[0], terraform: env.GREENROOM_TERRAFORM }));
})();
`;

test('a benchmark gets a database like the portal’s, gone afterwards', async t => {
  const checkout = await makeCheckout(t, { measure: BENCH });
  const { code, output } = await checkout.command('bench', 'create');
  assert.equal(code, 0, output);
  const said = JSON.parse(/^\{.*\}$/m.exec(output)[0]);
  assert.equal(said.fsync, 'on');
  assert.match(said.terraform, /bin\/terraform$/);
  assert.ok(await waitUntil(() => startMark(said.pid) === undefined, 20_000));
});
