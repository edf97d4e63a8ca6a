import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { SampleUserMissingError } from './errors';

/** Names the User entity to sign in, as chosen on the sign-in page. */
export const SAMPLE_USER_HEADER = 'x-greenroom-sample-user';

export interface SampleUserResult {
  userName: string;
}

/** Believes what the request says: there is no secret to check for a sample person. */
export const sampleUserAuthenticator = createProxyAuthenticator<
  void,
  SampleUserResult,
  undefined
>({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize() {},
  async authenticate({ req }) {
    const userName = req.header(SAMPLE_USER_HEADER)?.trim();
    if (!userName) {
      throw new SampleUserMissingError(SAMPLE_USER_HEADER);
    }
    return { result: { userName } };
  },
});
