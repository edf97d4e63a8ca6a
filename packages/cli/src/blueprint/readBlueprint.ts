import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BLUEPRINT_LIMITS,
  parseBlueprint,
  ParsedBlueprint,
} from '@greenroom/plugin-environments-common';
import { CommandError, EXIT } from '../portal/failures';
import { readAtMost } from './readAtMost';

/** The name of a blueprint's file in a folder of its own. */
const DOCUMENT = 'blueprint.yaml';

export interface BlueprintFile {
  /** As it was given, or found in the folder that was given. */
  path: string;
  text: string;
  /** Places name the file by `path`. */
  parsed: ParsedBlueprint;
}

/**
 * Reads a blueprint from its file, or from the folder that it has for itself.
 *
 * @throws CommandError when it can't be read, whatever is in it
 */
export async function readBlueprint(given: string): Promise<BlueprintFile> {
  try {
    const isFolder = (await stat(given)).isDirectory();
    const path = isFolder ? join(given, DOCUMENT) : given;
    // Enough of it for the parser to see that it is too large.
    const bytes = await readAtMost(path, BLUEPRINT_LIMITS.documentBytes + 1);
    const text = bytes.toString('utf8');
    return { path, text, parsed: parseBlueprint(text, { file: path }) };
  } catch (error) {
    throw new CommandError(
      `${given} can't be read: ${(error as Error).message}`,
      'Name the file of a blueprint, or the folder that its blueprint.yaml is in.',
      EXIT.usage,
      error,
    );
  }
}
