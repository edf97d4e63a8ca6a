import {
  ComponentPlan,
  ResourceAction,
  ResourceChange,
} from '@greenroom/plugin-environments-common';

/** The sign of what happens to a resource, as in Terraform's own plans. */
export const SIGNS: Record<ResourceAction, string> = {
  add: '+',
  change: '~',
  replace: '±',
  remove: '−',
  read: '≤',
};

export const ACTION_WORDS: Record<ResourceAction, string> = {
  add: 'added',
  change: 'changed in place',
  replace: 'replaced, its data is lost',
  remove: 'removed',
  read: 'read',
};

/** `changed in place, 3 attributes`, `replaced, its data is lost: engine forces it` */
export function whatHappens(change: ResourceChange): string {
  const { action, attributes, reason } = change;
  const forcing = attributes
    .filter(({ forcesReplacement }) => forcesReplacement)
    .map(({ path }) => path);
  const count =
    action === 'change'
      ? `, ${attributes.length} attribute${attributes.length === 1 ? '' : 's'}`
      : '';
  // Which attribute it is says more than the tool's general reason.
  const why =
    forcing.length > 0
      ? `${forcing.join(', ')} force${forcing.length === 1 ? 's' : ''} it`
      : reason;
  return `${ACTION_WORDS[action]}${count}${why ? `: ${why}` : ''}`;
}

/** What a component's plan comes to when it lists no change; undefined when it lists some. */
export function withoutChanges(plan: ComponentPlan): string | undefined {
  if (plan.deferredBy.length > 0) {
    return `can only be planned once ${list(plan.deferredBy)} ${plan.deferredBy.length === 1 ? 'is' : 'are'} applied`;
  }
  if (plan.unchanged) return 'nothing of it has changed, so it was not asked';
  if (plan.changes.length === 0) return 'no change';
  return undefined;
}

/** The changes whose address, type or attributes hold a text. */
export function searchPlan(
  changes: readonly ResourceChange[],
  search: string,
): readonly ResourceChange[] {
  const needle = search.trim().toLowerCase();
  if (!needle) return changes;
  return changes.filter(({ address, type, attributes }) =>
    [address, type, ...attributes.map(({ path }) => path)].some(text =>
      text.toLowerCase().includes(needle),
    ),
  );
}

function list(names: string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
