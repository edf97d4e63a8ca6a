import { BlueprintVersionStatus } from './blueprintTypes';

/** Where people may move a version to, from where it is. To where it is: with another notice. */
const MOVES: Record<BlueprintVersionStatus, readonly BlueprintVersionStatus[]> =
  {
    validating: [],
    rejected: [],
    draft: ['published'],
    published: ['deprecated', 'retired'],
    deprecated: ['published', 'deprecated', 'retired'],
    retired: ['published', 'deprecated', 'retired'],
  };

/** Whether people may move a blueprint version from one status to another. */
export function mayMoveVersion(
  from: BlueprintVersionStatus,
  to: BlueprintVersionStatus,
): boolean {
  return MOVES[from].includes(to);
}
