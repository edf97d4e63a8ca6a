import { resolve } from 'node:path';
import { takeDatabase } from '../__testUtils__/takeDatabase';
import { runChaos } from './chaos';

const MINUTES = 60_000;

/** What the launcher gives to the command, made of what it gives to tests. */
function takeSurroundings(): void {
  takeDatabase();
  Object.assign(process.env, {
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
  20 * MINUTES,
);
