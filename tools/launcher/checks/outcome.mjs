import { stripVTControlCharacters } from 'node:util';
import { readJson } from '../atomic.mjs';

/** Of the words of one failure, in the list at the end. */
const LINES_OF_A_FAILURE = 12;

/**
 * What a check counted.
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {{ name: string, ms: number }[]} tests with their times
 * @property {{ name: string, lines: string[] }[]} failures of single tests, as far as they are known
 */

export function outcome(counts = {}) {
  return {
    passed: 0,
    failed: 0,
    skipped: 0,
    tests: [],
    failures: [],
    ...counts,
  };
}

/** A command that passes or fails as a whole counts as one. */
export function fromExit(code) {
  return code === 0 ? outcome({ passed: 1 }) : outcome({ failed: 1 });
}

/**
 * A runner that wrote its counts. Without counts it has crashed; with only
 * good ones and a bad exit code something beside the tests failed. Either
 * way that is a failure that must not get lost.
 */
export function fromCounts(counts, code) {
  if (!counts) {
    return outcome({ failed: 1 });
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** Counts of Jest's `--json --outputFile`; undefined if it wrote none. */
export function readJest(file) {
  const result = readJson(file);
  if (!result) {
    return undefined;
  }
  return outcome({
    passed: result.numPassedTests,
    // A file that can't even be loaded has no tests to count.
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
    tests: result.testResults.flatMap(suite =>
      suite.assertionResults.map(test => ({
        name: test.fullName,
        ms: test.duration ?? 0,
      })),
    ),
    failures: result.testResults.flatMap(failuresOfSuite),
  });
}

function failuresOfSuite({ name, message, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  const unloaded = assertionResults.length === 0 && message;
  return unloaded
    ? [failure(name, message)]
    : failed.map(one => failure(one.fullName, one.failureMessages.join('\n')));
}

/** Counts that node-test-reporter.mjs wrote. */
export function readNodeTest(file) {
  const result = readJson(file);
  return result && outcome(result);
}

/** Counts of Playwright's JSON reporter; undefined if it wrote none. */
export function readPlaywright(file) {
  const result = readJson(file);
  if (!result?.stats) {
    return undefined;
  }
  const { expected, unexpected, flaky, skipped } = result.stats;
  return outcome({
    passed: expected,
    // A story that passes only at the second try has failed once.
    failed: unexpected + flaky + (result.errors?.length ?? 0),
    skipped,
    tests: result.suites.flatMap(testsOfSuite),
    failures: [
      ...(result.errors ?? []).map(({ message }) => failure('', message)),
      ...result.suites.flatMap(failuresOfStories),
    ],
  });
}

function failuresOfStories(suite) {
  const own = (suite.specs ?? []).flatMap(({ title, tests }) =>
    tests
      .flatMap(({ results }) => results)
      .flatMap(({ errors }) => errors ?? [])
      .map(({ message }) => failure(title, message)),
  );
  return [...own, ...(suite.suites ?? []).flatMap(failuresOfStories)];
}

/** One failed test, with the first of its words. */
export function failure(name, words = '') {
  const lines = stripVTControlCharacters(words)
    .split('\n')
    .filter(line => line.trim() !== '');
  return { name, lines: lines.slice(0, LINES_OF_A_FAILURE) };
}

function testsOfSuite(suite) {
  const own = (suite.specs ?? []).map(spec => ({
    name: spec.title,
    ms: spec.tests
      .flatMap(test => test.results)
      .reduce((sum, { duration }) => sum + duration, 0),
  }));
  return [...own, ...(suite.suites ?? []).flatMap(testsOfSuite)];
}

export function addUp(outcomes) {
  return outcomes.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
      tests: [...sum.tests, ...one.tests],
      failures: [...sum.failures, ...one.failures],
    }),
    outcome(),
  );
}

/** "12 passed, 0 failed", and ", 1 skipped" only where some were. */
export function sumLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

export function slowest(tests, count) {
  return [...tests].sort((a, b) => b.ms - a.ms).slice(0, count);
}

/** What failed, check by check; nothing where nothing did. */
export function failureLines(checks) {
  const failed = checks.filter(({ outcome: { failed } }) => failed > 0);
  if (failed.length === 0) return [];
  return [
    'What failed:',
    ...failed.flatMap(({ name, outcome: { failures } }) => [
      `  ${name}`,
      ...failures.flatMap(one => [
        `    ${one.name}`,
        ...one.lines.map(line => `      ${line}`),
      ]),
    ]),
    '',
  ];
}
