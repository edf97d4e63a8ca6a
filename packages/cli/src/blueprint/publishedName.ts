import { stat } from 'node:fs/promises';
import {
  BlueprintDocument,
  BlueprintSource,
  EnvironmentsClient,
  parseBlueprint,
} from '@greenroom/plugin-environments-common';
import { CommandError } from '../portal/failures';

/** `shop@1.2.0`, or `shop@` for the recommended version. */
const PUBLISHED = /^([a-z0-9][a-z0-9-]*)@(\S*)$/;

/** A version in a portal; without `version` the recommended one. */
export interface PublishedName {
  name: string;
  version?: string;
}

/** The version in the portal that is meant; undefined when a file is. */
export async function publishedName(
  given: string,
): Promise<PublishedName | undefined> {
  const published = PUBLISHED.exec(given);
  // A file may be called so too.
  if (!published || (await stat(given).catch(() => undefined)))
    return undefined;
  const [, name, version] = published;
  return { name, version: version || undefined };
}

/** @throws CommandError when no version is named, and none is recommended */
export async function versionOf(
  client: EnvironmentsClient,
  { name, version }: PublishedName,
): Promise<string> {
  const found = version ?? (await client.getBlueprint(name)).recommendedVersion;
  if (found) return found;
  throw new CommandError(
    `Blueprint ${name} has no recommended version.`,
    `Name one: ${name}@VERSION.`,
  );
}

/** @throws CommandError when this release has rules that the version was not held against */
export function publishedDocument(source: BlueprintSource): BlueprintDocument {
  const { document, problems } = parseBlueprint(source.document);
  if (document) return document;
  throw new CommandError(
    `This command can't read what was published: ${problems[0].message}`,
    'Use the command of the release that the portal runs on.',
  );
}
