import { closeAll, Stopped } from './children.mjs';
import { cli } from './commands/cli.mjs';
import { doctor } from './commands/doctor.mjs';
import { help } from './commands/help.mjs';
import { reset } from './commands/reset.mjs';
import { start } from './commands/start.mjs';
import { stop } from './commands/stop.mjs';
import { test } from './commands/test.mjs';
import { worker } from './commands/worker.mjs';
import { ensureFolders, findPaths } from './paths.mjs';
import { describeProblem, Problem } from './problem.mjs';
import { Report } from './report.mjs';
import { listenForSignals } from './shutdown.mjs';

const COMMANDS = { start, stop, worker, reset, doctor, test, help };

/** The exit code of a command that a signal ended, as shells count it. */
const SIGNALLED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

async function main([name = 'help', ...args]) {
  const report = new Report();
  const signals = listenForSignals(line => report.say(line));
  const context = {
    paths: findPaths(),
    report,
    signals,
    close: closeAll,
  };
  ensureFolders(context.paths);
  const wanted = ['--help', '-h'].includes(name) ? 'help' : name;
  try {
    return Object.hasOwn(COMMANDS, wanted)
      ? await COMMANDS[wanted](context, args)
      : await cli(context, [name, ...args]);
  } catch (error) {
    if (error instanceof Stopped || signals.requested) {
      return SIGNALLED[signals.requested] ?? 1;
    }
    if (error.code?.startsWith('ERR_PARSE_ARGS')) {
      report.say(`${error.message}\n  → ./greenroom help shows the options.`);
      return 2;
    }
    if (!(error instanceof Problem)) {
      throw error;
    }
    describeProblem(error).forEach(line => report.say(line));
    return 1;
  } finally {
    await closeAll();
  }
}

process.exit(await main(process.argv.slice(2)));
