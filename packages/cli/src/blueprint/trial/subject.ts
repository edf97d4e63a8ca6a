import {
  BlueprintDocument,
  BlueprintExample,
  BlueprintVersionStatus,
  EnvironmentsClient,
} from '@greenroom/plugin-environments-common';
import { CommandError, EXIT } from '../../portal/failures';
import { publishedDocument, publishedName, versionOf } from '../publishedName';
import { readBlueprint } from '../readBlueprint';
import { sendBlueprint } from '../publish/send';

/** A version that a portal has checked, and that its examples are to be tried on. */
export interface Subject {
  name: string;
  version: string;
  status: BlueprintVersionStatus;
  document: BlueprintDocument;
}

/**
 * @param given a file or folder, which becomes a draft unless it is published already, or
 *   `NAME@VERSION`
 */
export async function subjectOf(
  client: EnvironmentsClient,
  given: string,
): Promise<Subject> {
  const published = await publishedName(given);
  if (published) {
    const { name } = published;
    const version = await versionOf(client, published);
    const [{ status }, source] = await Promise.all([
      client.getBlueprintVersion(name, version),
      client.getBlueprintSource(name, version),
    ]);
    const document = publishedDocument(source);
    return { name, version, status, document };
  }
  const { name, version, status } = await sendBlueprint(client, given, {
    draft: true,
  });
  const { parsed } = await readBlueprint(given);
  return { name, version, status, document: parsed.document! };
}

/** @throws CommandError when there is nothing to try */
export function chosenExamples(
  { document, name }: Subject,
  wanted: string | undefined,
): BlueprintExample[] {
  const { examples } = document.spec;
  const chosen = examples.filter(
    example => wanted === undefined || example.name === wanted,
  );
  if (chosen.length > 0) return chosen;
  const known = examples.map(example => example.name).join(', ');
  throw new CommandError(
    wanted === undefined
      ? `Blueprint ${name} has no examples.`
      : `Blueprint ${name} has no example "${wanted}".`,
    known
      ? `There are: ${known}.`
      : 'Write some inputs under spec.examples to try it with.',
    EXIT.usage,
  );
}
