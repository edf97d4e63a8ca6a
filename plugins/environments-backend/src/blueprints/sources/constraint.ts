import semver from 'semver';

const PART =
  /^(=|!=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?)$/;

/**
 * The newest of the versions that fits a constraint as Terraform writes them: `~> 1.2, != 1.2.3`.
 * Prereleases fit only where they are named exactly, as in Terraform.
 *
 * @param constraint when absent, the newest that is no prerelease
 * @returns `invalid` for what is no constraint
 */
export function newestFitting(
  versions: string[],
  constraint?: string,
): string | undefined | 'invalid' {
  const parts = constraint?.split(',').map(part => fitting(part.trim())) ?? [];
  if (parts.includes(undefined)) return 'invalid';
  const known = versions.filter(version => semver.valid(version));
  return semver
    .rsort(known)
    .find(version =>
      parts.length > 0
        ? parts.every(fits => fits?.(version))
        : !semver.prerelease(version),
    );
}

function fitting(part: string): ((version: string) => boolean) | undefined {
  const [, operator = '=', written] = PART.exec(part) ?? [];
  const wanted = written && completed(written);
  if (!wanted) return undefined;
  if (operator === '=') return version => semver.eq(version, wanted);
  return version =>
    !semver.prerelease(version) &&
    (operator === '~>'
      ? semver.gte(version, wanted) && semver.lt(version, ceiling(written))
      : semver.cmp(version, operator as semver.Operator, wanted));
}

/** `1.2` as `1.2.0`. */
function completed(written: string): string | null {
  const [core, ...rest] = written.split('-');
  const numbers = [...core.split('.'), '0', '0'].slice(0, 3).join('.');
  return semver.valid([numbers, ...rest].join('-'));
}

/** Only the last number that is written may grow: below 2.0.0 for `~> 1.2`. */
function ceiling(written: string): string {
  const numbers = written.split('-')[0].split('.').map(Number);
  if (numbers.length === 1) return '999999999.0.0';
  const kept = numbers.slice(0, -1);
  kept[kept.length - 1]++;
  return [...kept, 0, 0].slice(0, 3).join('.');
}
