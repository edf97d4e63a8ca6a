import {
  BlueprintChange,
  BlueprintChangeKind,
} from '@greenroom/plugin-environments-common';

/** Changes to one part of a document, what breaks in front. */
export interface ChangeGroup {
  title: string;
  changes: BlueprintChange[];
}

const GROUPS = ['Inputs', 'Components', 'Outputs', 'Time to live', 'The rest'];

function groupOf(kind: BlueprintChangeKind): string {
  if (/^inputs?\./.test(kind)) return 'Inputs';
  if (kind.startsWith('component.')) return 'Components';
  if (kind.startsWith('output.')) return 'Outputs';
  return kind === 'ttl.changed' ? 'Time to live' : 'The rest';
}

/** In the order of a document, except that groups and changes that break come first. */
export function groupChanges(changes: BlueprintChange[]): ChangeGroup[] {
  const breakingFirst = (a: boolean, b: boolean) => Number(b) - Number(a);
  const breaks = (group: ChangeGroup) =>
    group.changes.some(({ breaking }) => breaking);
  return GROUPS.map(title => ({
    title,
    changes: changes
      .filter(({ kind }) => groupOf(kind) === title)
      .sort((a, b) => breakingFirst(a.breaking, b.breaking)),
  }))
    .filter(group => group.changes.length > 0)
    .sort((a, b) => breakingFirst(breaks(a), breaks(b)));
}
