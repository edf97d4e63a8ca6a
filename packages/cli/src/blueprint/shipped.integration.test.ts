import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import environmentsModuleTerraform from '@greenroom/plugin-environments-backend-module-terraform';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { runCommand } from '../__testUtils__/commands';
import { startTestPortal, TestPortal } from '../__testUtils__/portal';
import { REPOSITORY } from './__testUtils__/folders';

jest.setTimeout(120_000);

const SHIPPED = join(REPOSITORY, 'templates/blueprints');
const KEY = { id: '2026', secret: 'one secret that is long enough for this' };

describeEachTool('The shipped blueprints', tool => {
  const sites = mkdtempSync(join(tmpdir(), 'greenroom-shipped-'));
  let portal: TestPortal;
  // Stopped before the databases go, whose hook comes next.
  afterAll(async () => {
    await portal.stop();
    rmSync(sites, { recursive: true });
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  it('are written in the language of the tool, and in its format', () => {
    // Fails on a file that it can't read, and names those that it would write otherwise.
    const args = ['fmt', '-check', '-recursive', SHIPPED];
    // Whatever the account has set up for the tool, it says nothing of that.
    const env = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null' };
    expect(execFileSync(tool.path, args, { env, encoding: 'utf8' })).toBe('');
  });

  it('run as their examples say, where they need no cloud', async () => {
    portal = await startTestPortal({
      knex: await databases.init('POSTGRES_18'),
      driver: environmentsModuleTerraform,
      keys: [KEY],
      config: {
        terraform: {
          binary: tool.path,
          ...(tool.mirror && { providerMirror: tool.mirror }),
          platformVariables: {
            greenroom_sites_directory: sites,
            greenroom_sites_url: 'http://localhost/sites',
          },
        },
      },
    });
    const env = {
      GREENROOM_URL: portal.url,
      GREENROOM_TOKEN: mockCredentials.user.token(),
    };
    const blueprint = (...args: string[]) =>
      runCommand(env, 'blueprint', ...args);
    const published = await blueprint('publish', join(SHIPPED, 'data-sandbox'));
    expect(published.err).toBe('');
    const { code, out } = await blueprint(
      ...['test', 'data-sandbox@', '--apply', '--owner', 'user:default/mock'],
    );
    expect(out).toContain('ok   usual: made and destroyed; nothing is left');
    expect(out).toContain('ok   lines: made and destroyed; nothing is left');
    expect(code).toBe(0);
    expect(readdirSync(sites)).toEqual([]);
  });
});
