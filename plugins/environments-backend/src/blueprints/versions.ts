import { compare, prerelease, rcompare } from 'semver';

/** The highest version without a prerelease; undefined when there is none. */
export function recommendedVersion(published: string[]): string | undefined {
  return published
    .filter(version => prerelease(version) === null)
    .sort(compare)
    .at(-1);
}

export function newestFirst<T extends { version: string }>(versions: T[]): T[] {
  return [...versions].sort((a, b) => rcompare(a.version, b.version));
}
