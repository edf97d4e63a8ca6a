import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  BlueprintDocument,
  componentGraph,
  ParsedBlueprint,
  Problem,
  secretKeys,
  sourceFolder,
  unknownOutputs,
} from '@greenroom/plugin-environments-common';
import {
  checkModule,
  PlatformVariables,
  readOutputs,
  validateSource,
} from '@greenroom/plugin-environments-backend-module-terraform';
import {
  DriverError,
  DriverValidateContext,
} from '@greenroom/plugin-environments-node';
import { TerraformRunner } from '@greenroom/plugin-terraform-node';
import { CommandError, EXIT } from '../../portal/failures';
import { OwnFile } from '../sourceFiles';

/** How far the modules of components are looked into. */
export interface ModuleChecks {
  /** What the portal gives to modules by itself. */
  platform: PlatformVariables;
  /** Validates each module, and may fetch its providers; absent: only what needs no tool. */
  runner?: TerraformRunner;
}

/** A provider that has to be fetched takes its time. */
const LONGEST_MS = 5 * 60_000;

/**
 * What is wrong inside the sources, as far as this machine can know: of components of other
 * drivers than Terraform's nothing.
 *
 * @param files everything that would be published
 */
export async function checkModules(
  document: BlueprintDocument,
  files: OwnFile[],
  { placeOf, ...checks }: ModuleChecks & Pick<ParsedBlueprint, 'placeOf'>,
): Promise<{ problems: Problem[]; unchecked: string[] }> {
  const problems: Problem[] = [];
  const unchecked: string[] = [];
  const scratch = await mkdtemp(join(tmpdir(), 'greenroom-lint-'));
  try {
    for (const { id, driver, source } of componentGraph(document)) {
      if (driver !== 'terraform') {
        unchecked.push(
          `Component ${id}: only a portal with the driver "${driver}" knows its source.`,
        );
        continue;
      }
      const path = sourceFolder(source);
      if (path === undefined) {
        unchecked.push(
          `Component ${id}: its source is fetched when it is published.`,
        );
        continue;
      }
      const folder = join(scratch, id);
      await writeAll(folder, files);
      const context = {
        component: {
          id,
          with: document.spec.components[id].with,
          folder: join(folder, path),
        },
        secrets: secretKeys(document, id),
        sourcePath: path,
      };
      // A source that is not there has been told already.
      await mkdir(context.component.folder, { recursive: true });
      const found = await checkOne(context, checks);
      // The tool often says no more than what is wrong.
      problems.push(
        ...found.map(each => ({ remedy: 'Mend it there.', ...each })),
      );
      const outputs = await readOutputs(context.component.folder);
      problems.push(...unknownOutputs(document, id, outputs, placeOf));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  if (!checks.runner) {
    unchecked.push(
      'The language of Terraform modules: add --validate to let the tool read them.',
    );
  }
  return { problems, unchecked };
}

/** What a source takes from elsewhere is fetched by a portal, which knows what may be. */
const NOTHING_ELSEWHERE: Pick<DriverValidateContext, 'fetch' | 'keep'> = {
  fetch: async address => {
    const what = address.kind === 'git' ? address.repository : address.module;
    throw new DriverError({
      code: 'blueprint.source.unread',
      message: `${what} is fetched when the blueprint is published, and not from here.`,
      remedy: 'Lint without --validate, or let a portal check it as a draft.',
    });
  },
  keep: () => {},
};

async function checkOne(
  context: Parameters<typeof checkModule>[0],
  { runner, platform }: ModuleChecks,
): Promise<Problem[]> {
  if (!runner) return checkModule(context, platform);
  const signal = AbortSignal.timeout(LONGEST_MS);
  try {
    return await validateSource(
      { ...context, ...NOTHING_ELSEWHERE, signal },
      runner,
      platform,
    );
  } catch (error) {
    throw new CommandError(
      `Component ${context.component.id} can't be validated: ${(error as Error).message}`,
      'See whether what its module needs can be reached from here, or lint without --validate.',
      EXIT.usage,
      error,
    );
  }
}

/** A copy for each component: the tool writes into it, and two may share a source. */
async function writeAll(folder: string, files: OwnFile[]): Promise<void> {
  for (const { path, content } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
