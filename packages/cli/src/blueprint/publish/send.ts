import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  BlueprintVersion,
  EnvironmentsClient,
  ProblemsError,
} from '@greenroom/plugin-environments-common';
import { CommandError } from '../../portal/failures';
import { atHome, BlueprintProblemsError } from '../problems';
import { readBlueprint } from '../readBlueprint';
import { readSources } from '../sourceFiles';

const LOOK_EVERY_MS = 300;

/** A check that fetches providers takes minutes; after this somebody should look. */
const LONGEST_MS = 15 * 60_000;

/**
 * Sends a blueprint with all that lies in its sources, and waits until the portal has checked it.
 * The same content again is the same version.
 *
 * @throws BlueprintProblemsError when anything is wrong with it, here or there
 */
export async function sendBlueprint(
  client: EnvironmentsClient,
  given: string,
  options: { draft?: boolean },
): Promise<BlueprintVersion> {
  const { path, text, parsed } = await readBlueprint(given);
  const { document, placeOf } = parsed;
  if (!document) {
    throw new BlueprintProblemsError(`${path} was not sent.`, parsed.problems);
  }
  // What is missing is told by the portal too; what can't be sent, only here.
  const sources = await readSources(dirname(path), document, placeOf);
  const files = Object.fromEntries(
    sources.files.map(file => [file.path, file.content.toString('base64')]),
  );
  const request = { document: text, files, draft: options.draft };
  const sent = await client.publishBlueprint(request).catch(error => {
    if (!(error instanceof ProblemsError) || error.status !== 400) throw error;
    const problems = atHome(error.problems, path);
    throw new BlueprintProblemsError(`${path} was not taken.`, problems);
  });
  const version = await checked(client, sent);
  if (version.status === 'rejected') {
    throw new BlueprintProblemsError(
      `${version.name} ${version.version} is rejected.`,
      atHome(version.problems, path),
    );
  }
  return version;
}

async function checked(
  client: EnvironmentsClient,
  sent: BlueprintVersion,
): Promise<BlueprintVersion> {
  const { name, version: number } = sent;
  let version = sent;
  for (let waited = 0; version.status === 'validating'; waited++) {
    if (waited * LOOK_EVERY_MS > LONGEST_MS) {
      throw new CommandError(
        `${name} ${number} is still being checked.`,
        'Run this again to wait on; the log of the portal says what it waits for.',
      );
    }
    await wait(LOOK_EVERY_MS);
    version = await client.getBlueprintVersion(name, number);
  }
  return version;
}
