import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { entityName } from '../entity/names';

/** Owners that one may look for: oneself and one's groups, and whoever owns what is listed. */
export function useOwnerOptions(
  selected: string[],
  rows: readonly { owner: string }[],
): { id: string; label: string }[] {
  const identityApi = useApi(identityApiRef);
  const identity = useQuery({
    queryKey: ['identity'],
    queryFn: () => identityApi.getBackstageIdentity(),
    staleTime: Infinity,
  });
  const refs = new Set([
    ...selected,
    ...(identity.data?.ownershipEntityRefs ?? []),
    ...rows.map(({ owner }) => owner),
  ]);
  return [...refs]
    .map(ref => ({ id: ref, label: entityName(ref) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
