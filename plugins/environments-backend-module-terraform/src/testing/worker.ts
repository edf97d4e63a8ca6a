import { DriverContext } from '@greenroom/plugin-environments-node';
import { ToolUnderTest } from '@greenroom/plugin-terraform-node/testing';
import { driverOn } from './fixtures';

/**
 * A worker in a process of its own, for tests that kill one: applies the component of its first
 * argument and prints the log. Started with Node and the transform of the Backstage CLI.
 */
async function main() {
  const given: {
    tool: ToolUnderTest;
    context: Omit<DriverContext, 'log' | 'made' | 'signal'>;
  } = JSON.parse(process.argv[2]);
  const driver = await driverOn(given.tool);
  const context: DriverContext = {
    ...given.context,
    signal: new AbortController().signal,
    log: ({ text }) => process.stdout.write(`${text}\n`),
    // Nobody hears it: what this process knows is lost with it.
    made: () => {},
  };
  const { hash } = await driver.plan(context, 'apply');
  await driver.apply(context, hash);
}

main();
