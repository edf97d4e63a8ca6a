import { setTimeout as wait } from 'node:timers/promises';
import { Knex } from 'knex';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { EnvironmentsClient } from '@greenroom/plugin-environments-common';
import { EnvironmentDriver } from '@greenroom/plugin-environments-node';
import { connect } from '../portal/connect';
import { Ran, runCommand } from './commands';
import { startTestPortal, TestPortal } from './portal';

/** A portal on a database of its own; there from the first `beforeAll` on. */
export interface PortalUnderTest {
  knex: Knex;
  /** Mira's. */
  client: EnvironmentsClient;
  /** Somebody else's. */
  clientOf(userRef: string): Promise<EnvironmentsClient>;
  /** Runs a command as somebody who is signed in. */
  greenroom(...args: string[]): Promise<Ran>;
}

/** Starts a portal for the tests of one `describe`, and stops it after them. */
export function usePortal(driver: EnvironmentDriver): PortalUnderTest {
  let portal: TestPortal;
  // Stopped before the databases go, whose hook comes next.
  afterAll(() => portal.stop());
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const found = {} as PortalUnderTest;
  beforeAll(async () => {
    const knex = await databases.init('POSTGRES_18');
    const secret = 'one secret that is long enough for this';
    const keys = [{ id: '2026', secret }];
    portal = await startTestPortal({ knex, driver, keys });
    const env = {
      GREENROOM_URL: portal.url,
      GREENROOM_TOKEN: mockCredentials.user.token(),
    };
    Object.assign(found, {
      knex,
      client: await connect({ url: portal.url, as: 'mira' }),
      clientOf: (userRef: string) =>
        connect({
          url: portal.url,
          token: mockCredentials.user.token(userRef),
        }),
      greenroom: (...args: string[]) => runCommand(env, ...args),
    });
  });
  return found;
}

/** Publishes a blueprint and waits until environments can be made of it. */
export async function publishBlueprint(
  client: EnvironmentsClient,
  document: string,
  files: Record<string, string>,
): Promise<void> {
  const { name } = await client.publishBlueprint({ document, files });
  const published = async () =>
    (await client.getBlueprint(name)).recommendedVersion;
  while (!(await published().catch(() => undefined))) await wait(20);
}
