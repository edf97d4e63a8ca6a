import { Problem } from './problem';

/**
 * Names become parts of host names and of cloud resources' names, with something added: 40 leaves
 * room below the 63 characters of a DNS label.
 */
export const MAX_ENVIRONMENT_NAME_LENGTH = 40;

const NAME = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;

/** Says what is wrong with a name; undefined for a good one. */
export function environmentNameProblem(name: string): Problem | undefined {
  if (name.length <= MAX_ENVIRONMENT_NAME_LENGTH && NAME.test(name))
    return undefined;
  return {
    code: 'environment.name.invalid',
    field: '/name',
    message:
      name.length > MAX_ENVIRONMENT_NAME_LENGTH
        ? `The name has ${name.length} characters; at most ${MAX_ENVIRONMENT_NAME_LENGTH} are allowed.`
        : `"${name}" is not a fit name.`,
    remedy: `Use small letters, digits and hyphens, beginning with a letter and not ending with a hyphen, at most ${MAX_ENVIRONMENT_NAME_LENGTH} characters${suggestion(name)}.`,
  };
}

function suggestion(name: string): string {
  const fit = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, MAX_ENVIRONMENT_NAME_LENGTH)
    .replace(/-+$/, '');
  return NAME.test(fit) ? `: for example ${fit}` : '';
}

/** The first of name-2, name-3, … that is free. */
export function freeEnvironmentName(
  name: string,
  taken: ReadonlySet<string>,
): string {
  for (let number = 2; ; number++) {
    const ending = `-${number}`;
    const stem = name.slice(0, MAX_ENVIRONMENT_NAME_LENGTH - ending.length);
    const candidate = `${stem.replace(/-+$/, '')}${ending}`;
    if (!taken.has(candidate)) return candidate;
  }
}
