import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../testing/checkout.mjs';
import { lockAddresses } from './lock-addresses.mjs';
import {
  addUp,
  failureLines,
  fromCounts,
  fromExit,
  outcome,
  readJest,
  readNodeTest,
  readPlaywright,
  slowest,
  sumLine,
} from './outcome.mjs';

function fileWith(t, content) {
  const file = join(temporaryFolder(t), 'counts.json');
  writeFileSync(
    file,
    typeof content === 'string' ? content : JSON.stringify(content),
  );
  return file;
}

const counts = ({ passed, failed, skipped }) => [passed, failed, skipped];

test('a runner that crashed without counts is one failure', () => {
  assert.equal(fromCounts(undefined, 0).failed, 1);
  assert.equal(fromCounts(readJest('/nowhere'), 1).failed, 1);
});

test('good counts with a bad exit code are a failure all the same', () => {
  const good = outcome({ passed: 5 });
  assert.deepEqual(counts(fromCounts(good, 0)), [5, 0, 0]);
  assert.deepEqual(counts(fromCounts(good, 1)), [5, 1, 0]);
  assert.deepEqual(counts(fromCounts(outcome({ failed: 2 }), 1)), [0, 2, 0]);
});

test('a command without counts is one check', () => {
  assert.deepEqual(counts(fromExit(0)), [1, 0, 0]);
  assert.deepEqual(counts(fromExit(undefined)), [0, 1, 0]);
});

test('Jest’s counts include files that could not be loaded', t => {
  const file = fileWith(t, {
    numPassedTests: 2,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 1,
    numPendingTests: 3,
    numTodoTests: 1,
    testResults: [
      {
        name: 'a.test.ts',
        assertionResults: [
          {
            fullName: 'a b',
            duration: 12,
            status: 'failed',
            failureMessages: ['\u001b[31mone is not two\u001b[39m\n\n  at a'],
          },
          { fullName: 'a c', status: 'passed', failureMessages: [] },
        ],
      },
      { name: 'b.test.ts', message: 'no such module', assertionResults: [] },
    ],
  });
  const result = readJest(file);
  assert.deepEqual(counts(result), [2, 2, 4]);
  assert.deepEqual(result.tests, [
    { name: 'a b', ms: 12 },
    { name: 'a c', ms: 0 },
  ]);
  assert.deepEqual(result.failures, [
    { name: 'a b', lines: ['one is not two', '  at a'] },
    { name: 'b.test.ts', lines: ['no such module'] },
  ]);
  assert.equal(readJest(fileWith(t, '{"numPassed')), undefined);
});

test('Playwright’s counts take a flaky story for a failed one', t => {
  const file = fileWith(t, {
    stats: { expected: 2, unexpected: 1, flaky: 1, skipped: 1 },
    errors: [],
    suites: [
      {
        suites: [
          {
            specs: [
              {
                title: 'story',
                tests: [
                  {
                    results: [
                      { duration: 10, errors: [{ message: 'not visible' }] },
                      { duration: 5, errors: [] },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  });
  const result = readPlaywright(file);
  assert.deepEqual(counts(result), [2, 2, 1]);
  assert.deepEqual(result.tests, [{ name: 'story', ms: 15 }]);
  assert.deepEqual(result.failures, [
    { name: 'story', lines: ['not visible'] },
  ]);
});

test('Node’s own tests are counted by running some', t => {
  const folder = temporaryFolder(t);
  const sample = join(folder, 'sample.test.mjs');
  writeFileSync(
    sample,
    `import { describe, test } from 'node:test';
     test('good', () => {});
     test('bad', () => { throw new Error('no'); });
     test('left out', { skip: true }, () => {});
     describe('room', () => {
       test('good too', () => {});
       test('bad too', () => { throw new Error('no'); });
     });`,
  );
  const result = join(folder, 'counts.json');
  const reporter = fileURLToPath(
    new URL('./node-test-reporter.mjs', import.meta.url),
  );
  // Inside a test run node reports to its parent instead, unless unset.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  spawnSync(
    process.execPath,
    [
      '--test',
      `--test-reporter=${reporter}`,
      `--test-reporter-destination=${result}`,
      sample,
    ],
    { env },
  );
  const read = readNodeTest(result);
  assert.deepEqual(counts(read), [2, 2, 1]);
  assert.equal(read.tests.length, 5);
  assert.deepEqual(read.failures, [
    { name: 'bad', lines: ['no'] },
    { name: 'bad too', lines: ['no'] },
  ]);
});

test('the sum names skipped tests only where there are some', () => {
  const sum = addUp([
    outcome({ passed: 2, tests: [{ name: 'slow', ms: 9 }] }),
    outcome({ passed: 1, failed: 1, tests: [{ name: 'slower', ms: 10 }] }),
  ]);
  assert.equal(sumLine(sum), '3 passed, 1 failed');
  assert.equal(
    sumLine({ ...sum, skipped: 2 }),
    '3 passed, 1 failed, 2 skipped',
  );
  assert.deepEqual(
    slowest(sum.tests, 1).map(({ name }) => name),
    ['slower'],
  );
});

test('what failed is told check by check, and nothing of the others', () => {
  const good = { name: 'lint', outcome: outcome({ passed: 1 }) };
  const failures = [{ name: 'a b', lines: ['one is not two'] }];
  const bad = { name: 'unit', outcome: outcome({ failed: 1, failures }) };
  assert.deepEqual(failureLines([good]), []);
  assert.deepEqual(failureLines([good, bad]), [
    'What failed:',
    '  unit',
    '    a b',
    '      one is not two',
    '',
  ]);
});

test('a lock file with a download address is told by its line', t => {
  const file = join(temporaryFolder(t), 'yarn.lock');
  writeFileSync(file, 'a@1:\n  resolution: "a@npm:1.0.0"\n');
  assert.deepEqual(lockAddresses(file), []);
  writeFileSync(
    file,
    'a@1:\n  resolution: "a@npm:1.0.0::__archiveUrl=https%3A"\n',
  );
  assert.match(lockAddresses(file)[0], /yarn\.lock:2: resolution/);
});
