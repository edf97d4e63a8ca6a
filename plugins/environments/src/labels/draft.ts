import {
  LabelChanges,
  labelProblems,
  Labels,
  labelSelectorProblem,
  parseLabelSelector,
} from '@greenroom/plugin-environments-common';
import { problemText } from '../create/problems';

/** Labels, or what selects by them, while somebody enters one: each `key` or `key=value`. */
export interface LabelsDraft {
  texts: readonly string[];
  /** Typed, and not yet one of them. */
  typed: string;
}

/** What is wrong with a label, and what to do about it; undefined for a good one. */
export type LabelCheck = (text: string) => string | undefined;

export function draftOf(texts: readonly string[] = []): LabelsDraft {
  return { texts, typed: '' };
}

/** A label without a value is written as its key alone. */
export function labelText([key, value]: [string, string]): string {
  return value === '' ? key : `${key}=${value}`;
}

export function labelTexts(labels: Labels): string[] {
  return Object.entries(labels).map(labelText).sort();
}

export function labelsOf(texts: readonly string[]): Labels {
  return Object.fromEntries(
    texts.map(parseLabelSelector).map(({ key, value = '' }) => [key, value]),
  );
}

/** What turns the one into the other. */
export function labelChanges(from: Labels, to: Labels): LabelChanges {
  const removed = Object.keys(from).filter(key => !Object.hasOwn(to, key));
  const set = Object.entries(to).filter(
    ([key, value]) => !Object.hasOwn(from, key) || from[key] !== value,
  );
  return Object.fromEntries([
    ...removed.map(key => [key, null] as const),
    ...set,
  ]);
}

export const checkLabel: LabelCheck = text => {
  const [problem] = labelProblems(labelsOf([text]));
  return problem && problemText(problem);
};

export const checkSelector: LabelCheck = text => {
  const problem = labelSelectorProblem(text);
  return problem && problemText(problem);
};

/** What is wrong with what is typed; nothing typed is right. */
export function errorIn(
  { typed }: LabelsDraft,
  check: LabelCheck,
): string | undefined {
  const text = typed.trim();
  return text === '' ? undefined : check(text);
}

/** All that was entered, with what is typed, as if it had been added. One key stands there once. */
export function enteredIn(
  { texts, typed }: LabelsDraft,
  check: LabelCheck,
): readonly string[] {
  const text = typed.trim();
  if (text === '' || check(text)) return texts;
  const { key } = parseLabelSelector(text);
  return [
    ...texts.filter(other => parseLabelSelector(other).key !== key),
    text,
  ];
}
