import {
  BlueprintVersionNotice,
  BlueprintVersionStatus,
  Problem,
} from '@greenroom/plugin-environments-common';
import {
  ConflictProblemError,
  InputProblemError,
  NotFoundProblemError,
} from '../errors';

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
  status?: BlueprintVersionStatus;
}): string {
  const { name, version, status } = options;
  if (!version) return `Blueprint "${name}" has no version to recommend.`;
  switch (status) {
    case 'validating':
      return `Version ${version} of blueprint "${name}" is still being checked.`;
    case 'rejected':
      return `Version ${version} of blueprint "${name}" is rejected.`;
    case 'draft':
      return `Version ${version} of blueprint "${name}" is a draft.`;
    default:
      return `Blueprint "${name}" has no version ${version}.`;
  }
}

/** 404: the blueprint is known, and that version cannot be used. */
export class BlueprintVersionNotFoundError extends NotFoundProblemError {
  constructor(options: {
    name: string;
    version?: string;
    status?: BlueprintVersionStatus;
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

/** A version of a blueprint, and what its users are told of it. */
interface NoticedVersion {
  name: string;
  version: string;
  notice?: BlueprintVersionNotice;
  /** What is offered in its place when the notice names nothing. */
  recommended?: string;
}

function insteadOf({ notice, recommended }: NoticedVersion): string {
  const other = notice?.replacement ?? recommended;
  return other
    ? `Use version ${other}.`
    : "Ask the blueprint's owner what to use in its place.";
}

/** 409: what runs on it runs on, and nothing new begins. */
export class BlueprintVersionRetiredError extends ConflictProblemError {
  constructor(retired: NoticedVersion) {
    const { name, version, notice } = retired;
    const why = notice ? `: ${notice.message}` : '.';
    super({
      code: 'blueprint.version.retired',
      field: '/version',
      message: `Version ${version} of blueprint "${name}" is retired${why}`,
      remedy: insteadOf(retired),
    });
  }
}

/** What whoever uses a deprecated version should know. */
export function deprecationWarning(deprecated: NoticedVersion): Problem {
  const { name, version, notice } = deprecated;
  const why = notice ? `: ${notice.message}` : '.';
  return {
    code: 'blueprint.version.deprecated',
    field: '/version',
    message: `Version ${version} of blueprint "${name}" is deprecated${why}`,
    remedy: insteadOf(deprecated),
  };
}

const REMEDIES: Record<BlueprintVersionStatus, string> = {
  validating: 'Wait until its sources are checked.',
  rejected: 'Mend what is wrong with it, and publish it again.',
  draft: 'Publish it first.',
  published: 'It is published; there is nothing to do.',
  deprecated: 'Publish, deprecate or retire it.',
  retired: 'Publish, deprecate or retire it.',
};

/** 409: a version can't go there from where it is. */
export class BlueprintMoveError extends ConflictProblemError {
  constructor(options: {
    name: string;
    version: string;
    from: BlueprintVersionStatus;
    to: BlueprintVersionStatus;
  }) {
    const { name, version, from, to } = options;
    super({
      code: 'blueprint.version.move',
      field: '/status',
      message: `Version ${version} of blueprint "${name}" is ${from}; it can't become ${to}.`,
      remedy: REMEDIES[from],
    });
  }
}

/** 400: that version can't be named here, since it is not published. */
export class BlueprintVersionUnpublishedError extends InputProblemError {
  constructor(options: {
    name: string;
    version: string;
    field: '/replacement' | '/version';
    published: string[];
  }) {
    const { name, version, field, published } = options;
    super({
      code: 'blueprint.version.unpublished',
      field,
      message: `Blueprint "${name}" has no other published version ${version}.`,
      remedy:
        published.length > 0
          ? `Choose one of: ${published.slice(0, 10).join(', ')}.`
          : 'Publish one first.',
    });
  }
}

/** 409: a check under way is about the content that is there. */
export class BlueprintVersionBusyError extends ConflictProblemError {
  constructor(name: string, version: string) {
    super({
      code: 'blueprint.version.busy',
      message: `Version ${version} of blueprint "${name}" is being checked with other content right now.`,
      remedy: 'Publish again once that has ended.',
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
