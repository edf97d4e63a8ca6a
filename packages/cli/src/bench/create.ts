import { join } from 'node:path';
import { createEnvironment, destroyEnvironment, publishBlueprint } from './api';
import { compareTable } from './figures';
import { BenchPortal, startBenchPortal } from './portal';
import { rawCreate } from './terraform';

/** What is made in each round; `module` is one folder below the blueprint's. */
const SUBJECTS = [
  {
    what: 'three resources without a provider',
    folder: 'packages/cli/bench/instant',
    module: 'module',
    variables: () => ({}),
  },
  {
    what: 'site-sandbox, of which 5 s are its own waiting',
    folder: 'templates/site-sandbox',
    module: 'site',
    variables: (folder: string) => ({
      environment_id: 'raw',
      environment_name: 'raw',
      owner: 'group:default/platform',
      title: 'Hello from the green room',
      colour: 'forest',
      pages: '3',
      greenroom_sites_directory: join(folder, 'sites'),
      greenroom_sites_url: 'http://localhost',
    }),
  },
];

/**
 * Creating an environment, from the request to its last step, beside init, plan and apply of the
 * same module typed by hand, in turns.
 */
export async function benchCreate(options: {
  repository: string;
  rounds: number;
}): Promise<string> {
  const portal = await startBenchPortal({
    repository: options.repository,
    entry: 'src/index.ts',
  });
  try {
    const rows = [];
    for (const subject of SUBJECTS) {
      rows.push(await measure(portal, subject, options));
    }
    return compareTable('s', rows);
  } finally {
    await portal.stop();
  }
}

async function measure(
  portal: BenchPortal,
  subject: (typeof SUBJECTS)[number],
  options: { repository: string; rounds: number },
) {
  const folder = join(options.repository, subject.folder);
  const { name } = await publishBlueprint(portal, folder);
  const row = {
    what: subject.what,
    reference: [] as number[],
    greenroom: [] as number[],
  };
  for (let round = 0; round < options.rounds; round++) {
    row.reference.push(
      await rawCreate({
        module: join(folder, subject.module),
        variables: subject.variables,
      }),
    );
    const made = await createEnvironment(portal, {
      name: `bench-${name}-${round}`.slice(0, 40),
      blueprint: name,
    });
    row.greenroom.push(made.seconds);
    await destroyEnvironment(portal, made.id);
  }
  return row;
}
