import { BlueprintChange } from '@greenroom/plugin-environments-common';

/** What has changed, as a sentence without its full stop; values and place are told beside it. */
export function changeText({ kind, path, breaking }: BlueprintChange): string {
  const steps = stepsOf(path);
  switch (kind) {
    case 'input.added':
      return `The input “${steps[3]}” is new${breaking ? ' and must be given' : ''}`;
    case 'input.removed':
      return `The input “${steps[3]}” is gone`;
    case 'input.required':
      return `The input “${steps[3]}” must be given now`;
    case 'input.optional':
      return `The input “${steps[3]}” need not be given any more`;
    case 'input.default-changed':
      return `The input “${steps[3]}” has another default`;
    case 'input.type-changed':
      return `The input “${steps[3]}” is of another type`;
    case 'input.limits-changed':
      return `The input “${steps[3]}” takes other values`;
    case 'input.presentation-changed':
      return `The input “${steps[3]}” looks different`;
    case 'inputs.rules-changed':
      return 'The rules between inputs differ';
    case 'inputs.presentation-changed':
      return 'The form looks different';
    case 'component.added':
      return `The component “${steps[2]}” is new`;
    case 'component.removed':
      return `The component “${steps[2]}” is gone, and is destroyed`;
    case 'component.driver-changed':
      return `The component “${steps[2]}” has another driver`;
    case 'component.source-changed':
      return `The component “${steps[2]}” has another source`;
    case 'component.rewired':
      return `The component “${steps[2]}” gets values from elsewhere`;
    case 'component.with-changed':
      return `The component “${steps[2]}” is given other values`;
    case 'component.when-changed':
      return `The component “${steps[2]}” is there under another condition`;
    case 'component.pause-changed':
      return `The component “${steps[2]}” is paused differently`;
    case 'component.changed':
      return `The component “${steps[2]}” differs`;
    case 'output.added':
      return `The output “${steps[2]}” is new`;
    case 'output.removed':
      return `The output “${steps[2]}” is gone`;
    case 'output.changed':
      return `The output “${steps[2]}” differs`;
    case 'ttl.changed':
      return `${steps.slice(1).join('.')} differs for new environments`;
    case 'spec.changed':
    case 'metadata.changed':
      return `${steps.join('.')} differs`;
    default: {
      const unknown: never = kind;
      return unknown;
    }
  }
}

/** Where in the part that the text names: `with.size`; empty when it is the part itself. */
export function changePlace({ kind, path }: BlueprintChange): string {
  const steps = stepsOf(path);
  if (kind.startsWith('input.')) return steps.slice(4).join('.');
  if (kind.startsWith('inputs.')) return steps.slice(2).join('.');
  return /^(component|output)\./.test(kind) ? steps.slice(3).join('.') : '';
}

function stepsOf(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
