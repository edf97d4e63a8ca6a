import {
  BlueprintChange,
  BlueprintChangeKind,
  JsonValue,
} from '@greenroom/plugin-environments-common';

/** What one change of a blueprint comes to, for whoever has an environment of it. */
export interface ChangeLine {
  text: string;
  breaking: boolean;
}

/** Changes that nobody who has an environment needs to hear of one by one. */
const SMALL: BlueprintChangeKind[] = [
  'input.presentation-changed',
  'inputs.presentation-changed',
  'metadata.changed',
];

/** The changes in words, each thing once, those that may break something first. */
export function changeLines(changes: BlueprintChange[]): {
  lines: ChangeLine[];
  /** How many are only about how it looks. */
  small: number;
} {
  const telling = changes.filter(({ kind }) => !SMALL.includes(kind));
  const lines = new Map<string, ChangeLine>();
  for (const change of telling) {
    const text = wordsOf(change);
    const breaking = change.breaking || (lines.get(text)?.breaking ?? false);
    lines.set(text, { text, breaking });
  }
  return {
    lines: [...lines.values()].sort(
      (a, b) => Number(b.breaking) - Number(a.breaking),
    ),
    small: changes.length - telling.length,
  };
}

function wordsOf({ kind, path, before, after, breaking }: BlueprintChange) {
  const name = nameIn(path);
  switch (kind) {
    case 'input.added':
      return breaking
        ? `The input “${name}” is new and must be given.`
        : `The input “${name}” is new.`;
    case 'input.removed':
      return `There is no input “${name}” any more.`;
    case 'input.required':
      return `The input “${name}” must be given now.`;
    case 'input.optional':
      return `The input “${name}” need not be given any more.`;
    case 'input.default-changed':
      return `The default of “${name}” ${fromTo(before, after)}.`;
    case 'input.type-changed':
    case 'input.limits-changed':
      return `The input “${name}” takes other values.`;
    case 'inputs.rules-changed':
      return 'The rules between inputs are others.';
    case 'component.added':
      return `The component “${name}” is new.`;
    case 'component.removed':
      return `The component “${name}” is destroyed.`;
    case 'component.driver-changed':
      return `The component “${name}” is made by ${short(after)}, no more by ${short(before)}.`;
    case 'component.source-changed':
      return `The component “${name}” has another source.`;
    case 'component.rewired':
      return `The component “${name}” gets values from elsewhere.`;
    case 'component.with-changed':
    case 'component.changed':
      return `The component “${name}” is set up otherwise.`;
    case 'component.when-changed':
      return `When there is a component “${name}” is decided otherwise.`;
    case 'component.pause-changed':
      return `A pause does something else to the component “${name}”.`;
    case 'output.added':
      return `The output “${name}” is new.`;
    case 'output.removed':
      return `There is no output “${name}” any more.`;
    case 'output.changed':
      return `The output “${name}” comes from elsewhere, or is called otherwise.`;
    case 'ttl.changed':
      return `Its times to live: ${nameIn(path)} ${fromTo(before, after)}; what runs keeps its own.`;
    case 'spec.changed':
      return `“${name}” ${fromTo(before, after)}.`;
    case 'input.presentation-changed':
    case 'inputs.presentation-changed':
    case 'metadata.changed':
      return 'It is presented otherwise.';
    default:
      return assertNever(kind);
  }
}

/** `web` in `/spec/components/web/with/pages`, `ttl` in `/spec/ttl`. */
function nameIn(path: string): string {
  const [, section = '', ...rest] = path
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const inside = section === 'inputs' ? rest.slice(1) : rest;
  return inside[0] ?? section;
}

function fromTo(before?: JsonValue, after?: JsonValue): string {
  if (before === undefined) return `is ${short(after)}`;
  if (after === undefined) return `is no more ${short(before)}`;
  return `is ${short(after)}, was ${short(before)}`;
}

function short(value: JsonValue | undefined): string {
  const text =
    typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function assertNever(kind: never): never {
  throw new Error(`Unknown change ${kind}`);
}
