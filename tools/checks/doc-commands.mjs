// Every `./greenroom …` in a shell block of README, CONTRIBUTING and docs: run where that is quick,
// known to a test that runs it where it is not. Anything else is a command nobody has tried.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs every command that calls a portal, of environments and operations of its own. */
const RECORDS = 'packages/cli/src/records/records.test.ts';

/** The same for those of blueprints. */
const BLUEPRINTS = 'packages/cli/src/blueprint/portal.test.ts';

/** The same for those of leases. */
const LEASES = 'packages/cli/src/leases/leases.test.ts';

/** The same for those of more time than limits allow. */
const MORE_TIME = 'packages/cli/src/leases/moreTime.test.ts';

/** The same for those of what runs. */
const LIVE = 'packages/cli/src/live/live.test.ts';

/** Commands that take long, change something or need a portal, and what runs them instead. */
const TRIED_ELSEWHERE = {
  './greenroom start': 'tests/portal.ts',
  './greenroom start --port 7008': 'tests/portal.ts',
  './greenroom stop': 'tools/launcher/start.integration.test.mjs',
  './greenroom worker': 'tools/launcher/start.integration.test.mjs',
  './greenroom reset': 'tools/launcher/start.integration.test.mjs',
  './greenroom reset --yes': 'tools/launcher/start.integration.test.mjs',
  './greenroom test': '.ci/run',
  './greenroom test --quick': 'part of ./greenroom test',
  './greenroom operations list --environment shop-42': RECORDS,
  './greenroom operations show 7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f': RECORDS,
  './greenroom logs 7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f --follow': RECORDS,
  './greenroom state list shop-42': RECORDS,
  './greenroom state download 1734 -o shop-42.tfstate': RECORDS,
  './greenroom state restore 1734 --reason "the apply at noon lost the database"':
    RECORDS,
  './greenroom lease show shop-42': LEASES,
  './greenroom lease entries shop-42': LEASES,
  './greenroom extend shop-42 --by 24h --reason "demo on Monday"': LEASES,
  './greenroom extend shop-42 --by 3d --ask "the demo has moved to Monday"':
    MORE_TIME,
  './greenroom lease requests': MORE_TIME,
  './greenroom lease approve shop-42 --reason "until the demo"': MORE_TIME,
  './greenroom lease decline shop-42 --reason "a smaller one will do"':
    MORE_TIME,
  './greenroom lease withdraw shop-42': MORE_TIME,
  './greenroom hold shop-42 --until 2027-01-31T18:00:00Z --reason "incident 42"':
    LEASES,
  './greenroom release shop-42': LEASES,
  './greenroom lease protect shop-42 --reason "shown to customers"': LEASES,
  './greenroom lease unprotect shop-42': LEASES,
  './greenroom bulk extend shop-42 shop-43 --by 24h --dry-run': LEASES,
  './greenroom bulk hold --owner group:default/checkout --until 2027-01-31T18:00:00Z --reason "incident 42" --yes':
    LEASES,
  './greenroom bulk destroy --blueprint preview-web --scope mine --yes': LEASES,
  './greenroom used shop-42 --source ci --note "nightly tests"': LEASES,
  './greenroom lease verify': LEASES,
  './greenroom lease check shop-42': LEASES,
  './greenroom watch shop-42': LEASES,
  './greenroom unwatch shop-42': LEASES,
  './greenroom lease upcoming --days 7': LEASES,
  './greenroom lease simulate rules.yaml': LEASES,
  './greenroom lease brake show': LEASES,
  './greenroom lease brake release --reason "nothing ran over the holidays" --dry-run':
    LEASES,
  './greenroom lease brake postpone --by 8h --reason "the clock was wrong"':
    LEASES,
  './greenroom live shop-42': LIVE,
  './greenroom live show shop-42 app': LIVE,
  './greenroom live sync shop-42 app': LIVE,
  './greenroom live rollback shop-42 app --to 3': LIVE,
  './greenroom blueprint init shop-sandbox':
    'packages/cli/src/blueprint/init.test.ts',
  './greenroom blueprint diff shop-sandbox@1.0.0 shop-sandbox': BLUEPRINTS,
  './greenroom blueprint test shop-sandbox': BLUEPRINTS,
  './greenroom blueprint test shop-sandbox@1.0.0 --apply': BLUEPRINTS,
  './greenroom blueprint publish shop-sandbox': BLUEPRINTS,
  './greenroom blueprint eject shop-42 --to shop-42': BLUEPRINTS,
  './greenroom bench create': 'docs/benchmarks.md holds its last answer',
  './greenroom chaos': 'packages/cli/src/chaos/chaos.integration.test.ts',
  './greenroom bench engine': 'docs/benchmarks.md holds its last answer',
  './greenroom bench start': 'docs/benchmarks.md holds its last answer',
};

const RUN = new Set([
  './greenroom doctor',
  './greenroom help',
  './greenroom operations --help',
  './greenroom logs --help',
  './greenroom state --help',
  './greenroom bench --help',
  './greenroom blueprint --help',
  './greenroom blueprint lint templates/site-sandbox',
  './greenroom blueprint schema',
  './greenroom chaos --help',
]);

/** @returns {string[]} the commands of all `sh` blocks, comments and options' placeholders left out */
export function commandsOf(markdown) {
  return [...markdown.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, block]) => block.split('\n'))
    .map(line => line.replace(/\s+#.*$/, '').trim())
    .filter(line => line.startsWith('./greenroom'));
}

function documents() {
  const docs = readdirSync(join(root, 'docs'), { recursive: true })
    .filter(name => name.endsWith('.md'))
    .map(name => join('docs', name));
  return ['README.md', 'CONTRIBUTING.md', ...docs];
}

function check() {
  const problems = [];
  const commands = new Map();
  for (const document of documents()) {
    for (const command of commandsOf(
      readFileSync(join(root, document), 'utf8'),
    )) {
      commands.set(command, document);
    }
  }
  for (const [command, document] of commands) {
    if (RUN.has(command)) {
      const { status, stderr } = spawnSync('sh', ['-c', command], {
        cwd: root,
        encoding: 'utf8',
      });
      if (status !== 0) {
        problems.push(
          `${document}: "${command}" ended with ${status}.\n${stderr}`,
        );
      }
    } else if (!Object.hasOwn(TRIED_ELSEWHERE, command)) {
      problems.push(
        `${document}: nothing runs "${command}". Add it to RUN or TRIED_ELSEWHERE in tools/checks/doc-commands.mjs.`,
      );
    }
  }
  return problems;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = check();
  problems.forEach(problem => console.error(problem));
  process.exitCode = problems.length > 0 ? 1 : 0;
}
