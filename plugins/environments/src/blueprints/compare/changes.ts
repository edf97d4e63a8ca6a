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

/** What has changed, in words; the values stand beside it. */
export function changeText({ kind, path, breaking }: BlueprintChange): string {
  const steps = path
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
  const input = steps[3];
  const part = steps[2];
  /** Below a component or an output. */
  const below = steps.slice(3).join('.');
  switch (kind) {
    case 'input.added':
      return `Input ${input} is new${breaking ? ' and must be given' : ''}`;
    case 'input.removed':
      return `Input ${input} is gone`;
    case 'input.required':
      return `Input ${input} must be given`;
    case 'input.optional':
      return `Input ${input} need no longer be given`;
    case 'input.default-changed':
      return `Input ${input} has another default`;
    case 'input.type-changed':
      return `Input ${input} is of another type`;
    case 'input.limits-changed':
      return `Input ${input} takes ${breaking ? 'fewer' : 'other'} values (${steps.slice(4).join('.') || 'schema'})`;
    case 'input.presentation-changed':
      return `Input ${input} looks different (${steps.slice(4).join('.')})`;
    case 'inputs.rules-changed':
      return `The rules between inputs differ (${steps.slice(2).join('.')})`;
    case 'inputs.presentation-changed':
      return `The form looks different (${steps.slice(2).join('.')})`;
    case 'component.added':
      return `Component ${part} is new`;
    case 'component.removed':
      return `Component ${part} is gone`;
    case 'component.driver-changed':
      return `Component ${part} has another driver`;
    case 'component.source-changed':
      return `Component ${part} has another source`;
    case 'component.rewired':
      return `Component ${part} is wired differently (${below})`;
    case 'component.with-changed':
      return `Component ${part} is given another value (${below})`;
    case 'component.when-changed':
      return `Component ${part} is there under another condition`;
    case 'component.pause-changed':
      return `Component ${part} is paused differently`;
    case 'component.changed':
      return `Component ${part} differs (${below})`;
    case 'output.added':
      return `Output ${part} is new`;
    case 'output.removed':
      return `Output ${part} is gone`;
    case 'output.changed':
      return `Output ${part} differs (${below})`;
    case 'ttl.changed':
      return `${steps.slice(2).join('.') || 'ttl'} differs`;
    case 'spec.changed':
    case 'metadata.changed':
      return `${steps.join('.')} differs`;
    default: {
      const unknown: never = kind;
      return unknown;
    }
  }
}
