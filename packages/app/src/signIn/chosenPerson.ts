import { IdentityApi } from '@backstage/frontend-plugin-api';

const KEY = 'greenroom.sampleUser';

/**
 * The sample person that this tab is signed in as. Kept for the tab alone, so that two tabs can be
 * two people.
 */
export const chosenPerson = {
  get: () => sessionStorage.getItem(KEY) ?? undefined,
  set: (user: string) => sessionStorage.setItem(KEY, user),
  forget: () => sessionStorage.removeItem(KEY),
};

/** The same identity; signing out also forgets who was chosen, or the page would sign in again. */
export function forgettingOnSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: async () => {
      chosenPerson.forget();
      await identity.signOut();
    },
  };
}
