import { InvalidArgumentError, program } from 'commander';
import { benchCreate } from './bench/create';
import { benchStart } from './bench/start';

const benches = { create: benchCreate, start: benchStart };

program
  .name('./greenroom')
  .command('bench')
  .description(
    'measure Greenroom beside what it stands on, in one run; prints Markdown',
  )
  .argument('<name>', `one of ${Object.keys(benches).join(', ')}`, name => {
    if (!Object.hasOwn(benches, name)) {
      throw new InvalidArgumentError(
        `There is no benchmark "${name}". There are: ${Object.keys(benches).join(', ')}.`,
      );
    }
    return name;
  })
  .option('--rounds <count>', 'how often each side is measured', Number, 5)
  .action(
    async (name: keyof typeof benches, { rounds }: { rounds: number }) => {
      // The launcher says where the checkout is; the caller may be anywhere.
      const repository = process.env.GREENROOM_ROOT!;
      console.log(await benches[name]({ repository, rounds }));
    },
  );

program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
