import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';

/** Sample people are configured where real people sign in. */
export class SampleUsersInProductionError extends InputError {
  readonly code = 'sample-users-in-production';

  constructor() {
    super(
      'auth.providers.sample lets anyone sign in as a sample person without a password, and NODE_ENV is "production". ' +
        'Remove auth.providers.sample from the configuration and set up GitHub or OIDC sign-in as in app-config.production.yaml.',
    );
  }
}

/** The request does not say whom to sign in. */
export class SampleUserMissingError extends InputError {
  readonly code = 'sample-user-missing';

  constructor(header: string) {
    super(
      `The request names no sample person. Send the name of a User entity in the header "${header}".`,
    );
  }
}

/** The catalog has no such User. Right after a start it may just not have read its files yet. */
export class SampleUserUnknownError extends NotFoundError {
  readonly code = 'sample-user-unknown';

  constructor(userName: string) {
    super(
      `The catalog has no User "${userName}". If the portal started just now, it is still reading its files: retry in a few seconds.`,
    );
  }
}

/** The User exists, but is a real person: nobody may become them without a password. */
export class NotASampleUserError extends NotAllowedError {
  readonly code = 'not-a-sample-user';

  constructor(userName: string, annotation: string) {
    super(
      `User "${userName}" is not a sample person. Only Users with the annotation ${annotation}: "true" can be signed in without a password.`,
    );
  }
}
