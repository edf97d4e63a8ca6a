import { Command, InvalidArgumentError } from 'commander';
import { benchArgocd } from './argocd';
import { benchBlueprint } from './blueprint';
import { benchCreate } from './create';
import { benchEngine } from './engine';
import { benchLeases } from './leases/bench';
import { benchStart } from './start';

const BENCHES = {
  argocd: benchArgocd,
  blueprint: benchBlueprint,
  create: benchCreate,
  engine: benchEngine,
  leases: benchLeases,
  start: benchStart,
};
type BenchName = keyof typeof BENCHES;

export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description(
      'measure Greenroom beside what it stands on, in one run; prints Markdown',
    )
    .argument('<name>', `one of ${Object.keys(BENCHES).join(', ')}`, name => {
      if (!Object.hasOwn(BENCHES, name)) {
        throw new InvalidArgumentError(
          `There is no benchmark "${name}". There are: ${Object.keys(BENCHES).join(', ')}.`,
        );
      }
      return name;
    })
    .option('--rounds <count>', 'how often each side is measured', Number, 5)
    .option(
      '--leases <count>',
      'how many fall due in one second (leases)',
      Number,
      10_000,
    )
    .option(
      '--applications <count>',
      'how many are looked at (argocd)',
      Number,
      500,
    )
    .action(
      async (
        name: BenchName,
        options: { rounds: number; leases: number; applications: number },
      ) => {
        // The launcher says where the checkout is; the caller may be anywhere.
        const repository = process.env.GREENROOM_ROOT!;
        // Where the launcher has brought one up.
        const argocd = process.env.GREENROOM_TEST_ARGOCD;
        console.log(await BENCHES[name]({ repository, argocd, ...options }));
      },
    );
}
