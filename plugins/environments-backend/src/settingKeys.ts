import { Config } from '@backstage/config';

/** @throws for a key that is mistyped: whoever wrote it counts on it */
export function requireKnown(
  config: Config,
  at: string,
  known: string[],
): void {
  const unknown = config.keys().find(key => !known.includes(key));
  if (unknown === undefined) return;
  throw new Error(
    `${at} has a key "${unknown}", which says nothing; known here: ${known.join(', ')}.`,
  );
}
