import { failure } from './outcome.mjs';

// A reporter for `node --test`: writes the counts as JSON when all is over.
export default async function* countTests(source) {
  const counts = { passed: 0, failed: 0, skipped: 0, tests: [], failures: [] };
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') {
      continue;
    }
    const failedSuite = type === 'test:fail' && data.details.type === 'suite';
    if (data.details.type === 'suite' && !failedSuite) {
      continue;
    }
    // A suite fails with its tests, which were counted; alone it is a hook's.
    if (failedSuite && data.details.error?.failureType === 'subtestsFailed') {
      continue;
    }
    if (data.skip !== undefined || data.todo !== undefined) {
      counts.skipped += 1;
    } else if (type === 'test:pass') {
      counts.passed += 1;
    } else {
      counts.failed += 1;
      const { cause, message } = data.details.error;
      const words = String(cause?.message ?? message);
      counts.failures.push(failure(data.name, words));
    }
    counts.tests.push({ name: data.name, ms: data.details.duration_ms });
  }
  yield JSON.stringify(counts);
}
