import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import {
  BlueprintDocument,
  EnvironmentsClient,
} from '@greenroom/plugin-environments-common';
import { EXIT } from '../../portal/failures';
import { BlueprintProblemsError } from '../problems';
import { publishedDocument, publishedName, versionOf } from '../publishedName';
import { readBlueprint } from '../readBlueprint';
import { readSources } from '../sourceFiles';

/** One side of a comparison: what is written here, or what a portal has. */
export interface Side {
  label: string;
  document: BlueprintDocument;
  /** SHA-256 of the content, by path. */
  files: Record<string, string>;
}

/**
 * @param given a file, a folder, or `NAME@VERSION` in the portal
 * @param portal asked for only when it is needed
 */
export async function readSide(
  given: string,
  portal: () => Promise<EnvironmentsClient>,
): Promise<Side> {
  const published = await publishedName(given);
  if (!published) return readHere(given);
  const client = await portal();
  const { name } = published;
  const version = await versionOf(client, published);
  const source = await client.getBlueprintSource(name, version);
  const files = Object.entries(source.files).map(([path, content]) => [
    path,
    digestOf(Buffer.from(content, 'base64')),
  ]);
  return {
    label: `${name} ${version}`,
    document: publishedDocument(source),
    files: Object.fromEntries(files),
  };
}

async function readHere(given: string): Promise<Side> {
  const { path, parsed } = await readBlueprint(given);
  const { document, problems, placeOf } = parsed;
  if (!document) {
    throw new BlueprintProblemsError(
      `${path} can't be compared before it is right.`,
      problems,
      EXIT.usage,
    );
  }
  const sources = await readSources(dirname(path), document, placeOf);
  const files = sources.files.map(file => [file.path, digestOf(file.content)]);
  return { label: path, document, files: Object.fromEntries(files) };
}

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
