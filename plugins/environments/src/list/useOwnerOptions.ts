import { useCaller } from '../create/caller';
import { entityName } from '../entity/names';

/** Owners that one may look for: oneself and one's groups, and whoever owns what is listed. */
export function useOwnerOptions(
  selected: string[],
  rows: readonly { owner: string }[],
): { id: string; label: string }[] {
  const caller = useCaller();
  const refs = new Set([
    ...selected,
    ...(caller.data?.ownershipEntityRefs ?? []),
    ...rows.map(({ owner }) => owner),
  ]);
  return [...refs]
    .map(ref => ({ id: ref, label: entityName(ref) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
