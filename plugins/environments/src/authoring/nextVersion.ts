import {
  BlueprintSource,
  BlueprintVersionSummary,
} from '@greenroom/plugin-environments-common';

/** The next minor version that nobody has taken; `undefined` where the number is no plain one. */
export function nextVersion(
  version: string,
  taken: string[],
): string | undefined {
  const match = /^(\d+)\.(\d+)\.\d+/.exec(version);
  if (!match) return undefined;
  const [, major, minor] = match;
  for (let next = Number(minor) + 1; ; next++) {
    const candidate = `${major}.${next}.0`;
    if (!taken.includes(candidate)) return candidate;
  }
}

/** A published version can't be written over: what begins from it gets the next number. */
export function raised(
  source: BlueprintSource,
  { version, status }: BlueprintVersionSummary,
  taken: string[],
): BlueprintSource {
  const isOpen = ['draft', 'rejected', 'validating'].includes(status);
  const next = isOpen ? undefined : nextVersion(version, taken);
  return next === undefined
    ? source
    : {
        ...source,
        document: source.document.replace(
          /^ {2}version: .*$/m,
          `  version: ${next}`,
        ),
      };
}
