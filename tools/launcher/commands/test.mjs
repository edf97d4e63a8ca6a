import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listChecks } from '../checks/list.mjs';
import { Needs } from '../checks/needs.mjs';
import { addUp, failureLines, slowest, sumLine } from '../checks/outcome.mjs';
import { runCheck } from '../checks/run-check.mjs';
import { takeLock } from '../lock.mjs';
import { lastShared } from '../lastShared.mjs';
import { prepare } from '../prepare.mjs';
import { Problem } from '../problem.mjs';
import { formatDuration } from '../report.mjs';
import { endLeftovers } from '../service.mjs';

/**
 * `./greenroom test [--quick | --only NAME]`: all checks and tests, one after
 * the other; with `--quick` those that are soon done, and the unit tests of
 * what has changed. The last line is the sum.
 */
export async function test(context, args) {
  const { paths, report } = context;
  const { values } = parseArgs({
    args,
    options: { quick: { type: 'boolean' }, only: { type: 'string' } },
  });
  const since = values.quick ? lastShared(paths.root) : undefined;
  const checks = chooseChecks(listChecks(paths.root, { since }), values);
  const lock = takeTestLock(paths);
  try {
    await endLeftovers(paths, report);
    await prepare(paths, report);
    if (since) {
      report.say(`Unit tests are those of what changed since ${since}.`);
    }
    const needs = new Needs(paths, report);
    const outcomes = [];
    for (const check of checks) {
      const outcome = await runCheck(context, needs, check);
      outcomes.push({ name: check.name, outcome });
    }
    await needs.close();
    const sum = addUp(outcomes.map(({ outcome }) => outcome));
    sayTimes(report, sum.tests);
    // Once more, for a run is long, and often only its end is kept.
    failureLines(outcomes).forEach(line => report.say(line));
    report.say(sumLine(sum));
    return sum.failed > 0 ? 1 : 0;
  } finally {
    await context.close();
    lock.release();
  }
}

function chooseChecks(checks, { quick, only }) {
  if (only) {
    const chosen = checks.filter(check => check.name === only);
    if (chosen.length === 0) {
      throw new Problem(`There is no check '${only}'.`, [
        `The checks are: ${checks.map(check => check.name).join(', ')}`,
      ]);
    }
    return chosen;
  }
  return quick ? checks.filter(check => check.quick) : checks;
}

function takeTestLock(paths) {
  const lock = takeLock(join(paths.run, 'test.lock'));
  if (lock.holder) {
    throw new Problem(
      `./greenroom test is already running here (process ${lock.holder.pid}).`,
      ['Wait for it, or end it.'],
    );
  }
  return lock;
}

function sayTimes(report, tests) {
  report.say('');
  report.table().forEach(line => report.say(line));
  if (tests.length > 0) {
    report.say('');
    report.say('The slowest tests:');
    for (const { name, ms } of slowest(tests, 10)) {
      report.say(`  ${formatDuration(ms).padStart(12)}  ${name}`);
    }
  }
  report.say('');
}
