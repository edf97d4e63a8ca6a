import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';

/** Who may own what the caller creates: the caller and their groups. */
export interface Caller {
  userEntityRef: string;
  ownershipEntityRefs: string[];
}

/** Whoever is signed in. */
export function useCaller() {
  const identityApi = useApi(identityApiRef);
  return useQuery({
    queryKey: ['identity'],
    queryFn: (): Promise<Caller> => identityApi.getBackstageIdentity(),
    staleTime: Infinity,
  });
}

/** A group rather than a person: teams outlive holidays. */
export function usualOwner(caller: Caller): string {
  const { userEntityRef, ownershipEntityRefs } = caller;
  return (
    ownershipEntityRefs.find(ref => ref.startsWith('group:')) ?? userEntityRef
  );
}
