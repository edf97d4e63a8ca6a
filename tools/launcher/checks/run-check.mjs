import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, describeProblem } from '../problem.mjs';
import { run, tailOf } from '../run.mjs';
import { nodeEnv } from '../node.mjs';
import { fromCounts, fromExit, sumLine } from './outcome.mjs';

/** Enough for several failures with their differences. */
const SHOWN_LINES = 300;

/**
 * Runs one check to its end, whatever it does, and says what came of it. The
 * output of a failed one is shown; that of a good one stays in its log.
 *
 * @returns its Outcome
 */
export async function runCheck({ paths, report }, needs, check) {
  const log = join(paths.logs, `test-${check.name}.log`);
  writeFileSync(log, '');
  let result;
  try {
    await report.step(check.name, async () => {
      result = check.find
        ? objections(check, log)
        : await runCommand(paths, needs, check, log);
      if (result.failed > 0) {
        throw new CheckFailed();
      }
      return sumLine(result);
    });
  } catch (error) {
    if (error instanceof Problem) {
      describeProblem(error).forEach(line => report.say(line));
      return fromExit(1);
    }
    if (!(error instanceof CheckFailed)) {
      throw error;
    }
    tailOf(log, SHOWN_LINES).forEach(line => report.say(`    ${line}`));
    report.say(
      `  ${check.name}: ${sumLine(result)}; the whole log is in ${log}`,
    );
  }
  return result;
}

class CheckFailed extends Error {}

function objections(check, log) {
  const found = check.find();
  writeFileSync(log, found.join('\n'));
  return fromExit(found.length);
}

async function runCommand(paths, needs, check, log) {
  const env = await needs.env(check.needs);
  const counts = join(paths.logs, `test-${check.name}.json`);
  rmSync(counts, { force: true });
  const code = await run(process.execPath, check.command(counts), {
    cwd: paths.root,
    env: {
      ...nodeEnv(),
      ...env,
      ...check.env?.(counts),
      // Nothing may wait for a person or for a change of files.
      CI: 'true',
      NO_COLOR: '1',
    },
    log,
    mayFail: true,
  });
  return check.read ? fromCounts(check.read(counts), code) : fromExit(code);
}
