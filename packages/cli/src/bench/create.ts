import { join } from 'node:path';
import { createEnvironment, destroyEnvironment, publishBlueprint } from './api';
import { compareTable } from './figures';
import { BenchPortal, startBenchPortal } from './portal';
import { rawCreate } from './terraform';

interface Subject {
  what: string;
  /** Holds the blueprint. */
  folder: string;
  /** One folder below the blueprint's. */
  module: string;
  /** What each component's module is given by hand, one after the other. */
  parts: ((folder: string) => Record<string, string>)[];
}

const SUBJECTS: Subject[] = [
  {
    what: 'three resources without a provider',
    folder: 'packages/cli/bench/instant',
    module: 'module',
    parts: [() => ({})],
  },
  {
    what: 'site-sandbox, of which 5 s are its own waiting',
    folder: 'templates/site-sandbox',
    module: 'site',
    parts: [
      folder => ({
        environment_id: 'raw',
        environment_name: 'raw',
        owner: 'group:default/platform',
        title: 'Hello from the green room',
        colour: 'forest',
        pages: '3',
        greenroom_sites_directory: join(folder, 'sites'),
        greenroom_sites_url: 'http://localhost',
      }),
    ],
  },
  {
    what: 'three independent components of 1 s each, by hand one after the other',
    folder: 'packages/cli/bench/three',
    module: 'part',
    parts: ['first', 'second', 'third'].map(name => () => ({ name })),
  },
];

/**
 * Creating an environment, from the request to its last step, beside init, plan and apply of the
 * same modules typed by hand, in turns.
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
  subject: Subject,
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
    let byHand = 0;
    for (const variables of subject.parts) {
      byHand += await rawCreate({
        module: join(folder, subject.module),
        variables,
      });
    }
    row.reference.push(byHand);
    const made = await createEnvironment(portal, {
      name: `bench-${name}-${round}`.slice(0, 40),
      blueprint: name,
    });
    row.greenroom.push(made.seconds);
    await destroyEnvironment(portal, made.id);
  }
  return row;
}
