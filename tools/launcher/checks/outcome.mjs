import { readJson } from '../atomic.mjs';

/**
 * What a check counted.
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {{ name: string, ms: number }[]} tests with their times
 */

export function outcome(counts = {}) {
  return { passed: 0, failed: 0, skipped: 0, tests: [], ...counts };
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
  });
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
  });
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
