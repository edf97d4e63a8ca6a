import {
  BlueprintChange,
  JsonValue,
} from '@greenroom/plugin-environments-common';
import { BlueprintDifference } from './compare';

/** A value longer than this is only named: JSON holds it in full. */
const LONGEST_VALUE = 60;

export function asText(difference: BlueprintDifference): string {
  const { from, to, changes, files } = difference;
  if (changes.length === 0 && files.length === 0) {
    return `${from} and ${to} are the same, but for their versions.`;
  }
  return [
    `From ${from} to ${to}`,
    ...changes.map(changeText),
    ...files.map(({ path, change }) => `  file ${change}: ${path}`),
  ].join('\n');
}

function changeText({ kind, path, before, after, breaking }: BlueprintChange) {
  const values =
    before === undefined || after === undefined
      ? ''
      : `: ${short(before)} → ${short(after)}`;
  return `${breaking ? '! ' : '  '}${kind} ${path}${values}`;
}

function short(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? '…' : text;
}
