import { resolve } from 'node:path';
import { runChaos } from './chaos';

const MINUTES = 60_000;

/** What the launcher gives to the command, made of what it gives to tests. */
function takeSurroundings(): void {
  const connection = new URL(
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING!,
  );
  Object.assign(process.env, {
    POSTGRES_HOST: connection.hostname,
    POSTGRES_PORT: connection.port,
    POSTGRES_USER: decodeURIComponent(connection.username),
    POSTGRES_PASSWORD: decodeURIComponent(connection.password),
    GREENROOM_TERRAFORM:
      process.env.GREENROOM_TEST_TERRAFORM ?? process.env.GREENROOM_TEST_TOFU,
    GREENROOM_SECRETS_KEY: 'known to everyone, and only for this chaos',
  });
}

it(
  'loses, doubles, locks and forgets nothing while workers and tools are killed',
  async () => {
    takeSurroundings();
    const { report, findings } = await runChaos({
      repository: resolve(__dirname, '../../../..'),
      operations: 40,
      terraform: 5,
      workers: 3,
      seed: 4,
      // Other tests use it at the same time.
      crashes: false,
    });
    // Whoever looks into a failure wants to know what was done.
    process.stdout.write(`${report}\n`);
    expect(findings).toEqual([]);
  },
  8 * MINUTES,
);
