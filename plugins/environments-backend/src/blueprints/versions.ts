import { BlueprintVersionStatus } from '@greenroom/plugin-environments-common';
import { compare, prerelease, rcompare } from 'semver';
import { isReleased } from './lifecycle';

interface Version {
  version: string;
  status: BlueprintVersionStatus;
}

/**
 * The version that is offered: the chosen one while it is published, otherwise the highest that is
 * published and no prerelease; undefined when there is none.
 */
export function recommendedVersion(
  versions: Version[],
  chosen?: string,
): string | undefined {
  const published = versions.filter(({ status }) => status === 'published');
  if (published.some(({ version }) => version === chosen)) return chosen;
  return highest(published);
}

/** The highest that was ever published and is no prerelease. */
export function newestVersion(versions: Version[]): string | undefined {
  return highest(versions.filter(({ status }) => isReleased(status)));
}

function highest(versions: Version[]): string | undefined {
  return versions
    .map(({ version }) => version)
    .filter(version => prerelease(version) === null)
    .sort(compare)
    .at(-1);
}

export function newestFirst<T extends { version: string }>(versions: T[]): T[] {
  return [...versions].sort((a, b) => rcompare(a.version, b.version));
}
