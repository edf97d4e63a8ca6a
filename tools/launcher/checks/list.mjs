import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../fingerprint.mjs';
import { lockAddresses } from './lock-addresses.mjs';
import { readJest, readNodeTest, readPlaywright } from './outcome.mjs';

/** In the names of test files that start real tools or portals. */
const MARK = '.integration.test.';
const INTEGRATION = '\\.integration\\.test\\.tsx?$';

/** Those of them that run on a real Argo CD, where there is one. */
const ARGOCD = `argocd(-node|-sandbox)?/.*${INTEGRATION}`;

/** What a script of package.json hands to its program, so that the check runs what the script writes. */
function argumentsOf(root, script) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json')));
  return scripts[script].split(' ').slice(1);
}

/**
 * All checks in their order.
 *
 * - `command`: arguments for this Node, run in the root of the checkout;
 * - `env`: what is added to the environment;
 * - `read`: reads the counts that the command wrote to the file it was given;
 *   without it the check passes or fails as one;
 * - `find`: instead of a command, a function that returns what it objects to;
 * - `needs`: what must be there before (see needs.mjs);
 * - `quick`: part of `./greenroom test --quick`.
 *
 * @param {object} scope with `since`, a commit, unit tests are only those that
 *   what has changed after it may break
 */
export function listChecks(root, { since } = {}) {
  const bin = (name, file) => join(root, 'node_modules', name, file);
  const backstage = bin('@backstage/cli', 'bin/backstage-cli');
  const jest = (file, ...args) => [
    backstage,
    ...['repo', 'test', '--json', `--outputFile=${file}`, ...args],
  ];
  const nodeTest = (file, wanted) => [
    '--test',
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    `--test-reporter=${join(root, 'tools/launcher/checks/node-test-reporter.mjs')}`,
    `--test-reporter-destination=${file}`,
    ...filesBelow(join(root, 'tools')).filter(
      path => path.endsWith('.test.mjs') && wanted(path),
    ),
  ];
  return [
    {
      name: 'format',
      quick: true,
      command: () => [
        bin('prettier', 'bin/prettier.cjs'),
        ...['--check', '.', '--log-level=warn'],
        ...['--cache', '--cache-location=.greenroom/prettier-cache'],
      ],
    },
    {
      name: 'types',
      quick: true,
      command: () => [bin('typescript', 'bin/tsc'), '--pretty', 'false'],
    },
    {
      name: 'lint',
      quick: true,
      command: () => [backstage, 'repo', 'lint', '--max-warnings', '0'],
    },
    {
      name: 'lock-file',
      quick: true,
      find: () => lockAddresses(join(root, 'yarn.lock')),
    },
    {
      name: 'architecture',
      quick: true,
      command: () => ['tools/checks/architecture.mjs'],
    },
    {
      name: 'doc-commands',
      command: () => ['tools/checks/doc-commands.mjs'],
    },
    {
      name: 'config',
      command: () => [
        backstage,
        ...['config:check', '--lax', '--strict'],
        ...['--config', 'app-config.yaml'],
        // Wherever the module of e-mail is installed, its schema wants its configuration.
        ...['--config', 'app-config.notifications.yaml'],
      ],
    },
    {
      // Reads the declarations that `types` has written.
      name: 'api-reports',
      command: () => [
        bin('@backstage/repo-tools', 'bin/backstage-repo-tools'),
        ...argumentsOf(root, 'build:api-reports'),
        '--ci',
      ],
    },
    {
      name: 'tools',
      quick: true,
      command: file => nodeTest(file, path => !path.includes(MARK)),
      read: readNodeTest,
    },
    {
      name: 'unit',
      quick: true,
      needs: ['database'],
      command: file =>
        jest(
          file,
          // Backstage's 1 GB has a worker start anew after nearly each file, which costs a fifth.
          '--workerIdleMemoryLimit=2000M',
          `--testPathIgnorePatterns=${INTEGRATION}`,
          ...(since ? [`--changedSince=${since}`, '--passWithNoTests'] : []),
        ),
      read: readJest,
    },
    {
      name: 'launcher',
      command: file => nodeTest(file, path => path.includes(MARK)),
      read: readNodeTest,
    },
    {
      name: 'integration',
      needs: ['database', 'terraform'],
      command: file =>
        jest(
          file,
          // Their tools work on the other cores.
          '--maxWorkers=2',
          `--testPathPatterns=${INTEGRATION}`,
          `--testPathIgnorePatterns=${ARGOCD}`,
        ),
      read: readJest,
    },
    {
      name: 'browser',
      needs: ['terraform', 'chromium'],
      command: () => [
        bin('@playwright/test', 'cli.js'),
        ...['test', '--config', 'tests', '--reporter=list,json'],
      ],
      env: file => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
      read: readPlaywright,
    },
    {
      name: 'argocd',
      needs: ['argocd'],
      // One file at a time: all of them use the same Argo CD.
      command: file =>
        jest(file, '--maxWorkers=1', `--testPathPatterns=${ARGOCD}`),
      read: readJest,
    },
  ];
}
