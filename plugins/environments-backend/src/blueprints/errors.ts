import { ConflictProblemError, NotFoundProblemError } from '../errors';

/** 404: nobody published a blueprint of that name. */
export class BlueprintNotFoundError extends NotFoundProblemError {
  constructor(name: string) {
    super({
      code: 'blueprint.not-found',
      field: '/blueprint',
      message: `There is no blueprint "${name}".`,
      remedy: 'Choose one from the list of blueprints.',
    });
  }
}

function reasonOf(options: {
  name: string;
  version?: string;
  status?: 'validating' | 'rejected';
}): string {
  const { name, version, status } = options;
  if (!version) return `Blueprint "${name}" has no version to recommend.`;
  switch (status) {
    case 'validating':
      return `Version ${version} of blueprint "${name}" is still being checked.`;
    case 'rejected':
      return `Version ${version} of blueprint "${name}" is rejected.`;
    default:
      return `Blueprint "${name}" has no version ${version}.`;
  }
}

/** 404: the blueprint is known, and that version cannot be used. */
export class BlueprintVersionNotFoundError extends NotFoundProblemError {
  constructor(options: {
    name: string;
    version?: string;
    status?: 'validating' | 'rejected';
    published: string[];
  }) {
    const { version, status, published } = options;
    super({
      code: status
        ? `blueprint.version.${status}`
        : 'blueprint.version.not-found',
      field: version ? '/version' : '/blueprint',
      message: reasonOf(options),
      remedy:
        published.length > 0
          ? `Published are: ${published.slice(0, 10).join(', ')}.`
          : 'No version is published yet; look at its problems on the page of blueprints.',
    });
  }
}

/** 409: what is published stays what it is. */
export class BlueprintVersionImmutableError extends ConflictProblemError {
  constructor(name: string, version: string, changed: string[]) {
    super({
      code: 'blueprint.version.immutable',
      message: `Version ${version} of blueprint "${name}" is published with other content; different now: ${changed.join(', ')}.`,
      remedy: 'Raise spec.version and publish that.',
    });
  }
}
