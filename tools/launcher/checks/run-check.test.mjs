import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.mjs';
import { Report } from '../report.mjs';
import { temporaryPaths } from '../testing/checkout.mjs';
import { outcome } from './outcome.mjs';
import { runCheck } from './run-check.mjs';

const NO_NEEDS = { env: async () => ({}) };

async function check(t, facts, needs = NO_NEEDS) {
  const lines = [];
  const report = new Report({ write: line => lines.push(line) });
  const paths = temporaryPaths(t);
  const result = await runCheck({ paths, report }, needs, {
    name: 'sample',
    ...facts,
  });
  return { result, said: lines.join('\n') };
}

const script = text => () => ['-e', text];

test('a good check says its sum and hides its output', async t => {
  const { result, said } = await check(t, {
    command: script('console.log("many words")'),
  });
  assert.equal(result.passed, 1);
  assert.match(said, /✓ sample: 1 passed, 0 failed/);
  assert.doesNotMatch(said, /many words/);
});

test('a failed check shows its output and names its log', async t => {
  const { result, said } = await check(t, {
    command: script('console.error("line 7 is wrong"); process.exit(2)'),
  });
  assert.equal(result.failed, 1);
  assert.match(said, /✗ sample/);
  assert.match(said, /line 7 is wrong/);
  assert.match(said, /test-sample\.log/);
});

test('counts are read from the file that the command wrote', async t => {
  const { result } = await check(t, {
    command: file => ['-e', `fs.writeFileSync(${JSON.stringify(file)}, "3")`],
    read: () => outcome({ passed: 3 }),
  });
  assert.equal(result.passed, 3);
});

test('a command that a signal ended has failed', async t => {
  const { result } = await check(t, {
    command: script('process.kill(process.pid, "SIGKILL")'),
  });
  assert.equal(result.failed, 1);
});

test('a function objects line by line', async t => {
  const { result, said } = await check(t, { find: () => ['yarn.lock:3: no'] });
  assert.equal(result.failed, 1);
  assert.match(said, /yarn\.lock:3: no/);
});

test('a check whose needs cannot be met is one failure with a remedy', async t => {
  const needs = {
    env: async () => {
      throw new Problem('There is no Chromium.', ['Install one.']);
    },
  };
  const { result, said } = await check(t, { command: script('0') }, needs);
  assert.equal(result.failed, 1);
  assert.match(said, /There is no Chromium\.\n {2}→ Install one\./);
});
