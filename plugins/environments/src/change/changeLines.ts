import {
  BlueprintChange,
  BlueprintChangeKind,
  JsonValue,
} from '@greenroom/plugin-environments-common';
import { changeText } from '../blueprints/compare/changeText';

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

/** Those whose values are short, and say more than that they differ. */
const VALUED: BlueprintChangeKind[] = [
  'input.default-changed',
  'component.driver-changed',
  'ttl.changed',
  'spec.changed',
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
    const text = sentence(change);
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

function sentence(change: BlueprintChange): string {
  const { kind, before, after } = change;
  const values = VALUED.includes(kind) ? `: ${fromTo(before, after)}` : '';
  return `${changeText(change)}${values}.`;
}

function fromTo(before?: JsonValue, after?: JsonValue): string {
  if (before === undefined) return `now ${short(after)}`;
  if (after === undefined) return `no more ${short(before)}`;
  return `${short(after)}, was ${short(before)}`;
}

function short(value: JsonValue | undefined): string {
  const text =
    typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
