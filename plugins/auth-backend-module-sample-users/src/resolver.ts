import { DEFAULT_NAMESPACE, Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import {
  AuthResolverContext,
  ProfileTransform,
  SignInResolver,
} from '@backstage/plugin-auth-node';
import { SampleUserResult } from './authenticator';
import { NotASampleUserError, SampleUserUnknownError } from './errors';

/** Marks the User entities that anyone may sign in as while developing. */
export const SAMPLE_USER_ANNOTATION = 'greenroom.dev/sample-user';

const reference = (userName: string) => ({
  entityRef: { kind: 'User', namespace: DEFAULT_NAMESPACE, name: userName },
});

/** Name and picture as the catalog has them, so that the portal greets by name. */
export const sampleUserProfile: ProfileTransform<SampleUserResult> = async (
  { userName },
  context,
) => {
  const user = await findSampleUser(userName, context);
  const profile = user.spec?.profile as
    { displayName?: string; email?: string; picture?: string } | undefined;
  return {
    profile: {
      displayName: profile?.displayName ?? user.metadata.title ?? userName,
      email: profile?.email,
      picture: profile?.picture,
    },
  };
};

/** @throws {@link NotASampleUserError} for a User without the annotation */
export const sampleUserSignIn: SignInResolver<SampleUserResult> = async (
  { result },
  context,
) => {
  await findSampleUser(result.userName, context);
  return context.signInWithCatalogUser(reference(result.userName));
};

async function findSampleUser(
  userName: string,
  context: AuthResolverContext,
): Promise<Entity> {
  const user = await context.findCatalogUser(reference(userName)).then(
    found => found.entity,
    error => {
      throw isError(error) && error.name === 'NotFoundError'
        ? new SampleUserUnknownError(userName)
        : error;
    },
  );
  if (user.metadata.annotations?.[SAMPLE_USER_ANNOTATION] !== 'true') {
    throw new NotASampleUserError(userName, SAMPLE_USER_ANNOTATION);
  }
  return user;
}
