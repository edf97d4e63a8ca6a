import { KubernetesValidatorFunctions } from '@backstage/catalog-model';
import { escapePointer } from './blueprint/pointer';
import { Problem } from './problem';

/**
 * Labels of an environment by their keys, in the syntax of the catalog's: `team: checkout`,
 * `example.com/tier: "2"`.
 *
 * @public
 */
export type Labels = Record<string, string>;

/**
 * What is to become of labels: `null` takes one away, and those that are not named stay as they
 * are. So two people who change different labels at once don't undo each other.
 *
 * @public
 */
export type LabelChanges = Record<string, string | null>;

/**
 * Labels that an environment may have.
 *
 * @public
 */
export const MAX_LABELS: number = 32;

/** Prefixes under which only the portal itself may say something of an entity. */
const RESERVED = ['greenroom.dev', 'backstage.io'];

/**
 * Labels as they are after a change.
 *
 * @public
 */
export function withLabelChanges(
  labels: Labels,
  changes: LabelChanges,
): Labels {
  return Object.fromEntries(
    Object.entries({ ...labels, ...changes }).filter(
      (label): label is [string, string] => label[1] !== null,
    ),
  );
}

/**
 * Says what is wrong with labels, each beside its field; empty for good ones.
 *
 * @public
 */
export function labelProblems(changes: LabelChanges): Problem[] {
  return Object.entries(changes).flatMap(
    ([key, value]) => labelProblem(key, value) ?? [],
  );
}

/**
 * Says that there are too many of them; undefined for few enough.
 *
 * @public
 */
export function labelCountProblem(labels: Labels): Problem | undefined {
  const count = Object.keys(labels).length;
  if (count <= MAX_LABELS) return undefined;
  return {
    code: 'environment.labels.many',
    field: '/labels',
    message: `It would have ${count} labels; at most ${MAX_LABELS} are allowed.`,
    remedy: 'Take away those by which nobody looks for it.',
  };
}

function labelProblem(key: string, value: string | null): Problem | undefined {
  const field = `/labels/${escapePointer(key)}`;
  if (!KubernetesValidatorFunctions.isValidLabelKey(key)) {
    return { ...keyProblem(key), field };
  }
  const prefix = RESERVED.find(reserved => key.startsWith(`${reserved}/`));
  if (prefix) {
    return {
      code: 'environment.labels.reserved',
      field,
      message: `Labels that begin with ${prefix}/ are the portal's own.`,
      remedy: 'Take a prefix of your own, or none.',
    };
  }
  if (value === null) return undefined;
  return KubernetesValidatorFunctions.isValidLabelValue(value)
    ? undefined
    : { ...valueProblem(key, value), field };
}

function keyProblem(key: string): Problem {
  return {
    code: 'environment.labels.key',
    message: `"${key}" is not a fit key of a label.`,
    remedy:
      'Use letters, digits, hyphens, underscores and dots, at most 63, with a letter or digit at both ends; a DNS name and a slash may stand before: example.com/team.',
  };
}

function valueProblem(key: string, value: string): Problem {
  return {
    code: 'environment.labels.value',
    message: `"${value}" is not a fit value of the label ${key}.`,
    remedy:
      'Use letters, digits, hyphens, underscores and dots, at most 63, with a letter or digit at both ends, or nothing at all.',
  };
}

/**
 * What a label must be for an environment to be selected.
 *
 * @public
 */
export interface LabelSelector {
  key: string;
  /** Absent: any value will do. */
  value?: string;
}

/**
 * Reads `key`, or `key=value`.
 *
 * @public
 */
export function parseLabelSelector(text: string): LabelSelector {
  const end = text.indexOf('=');
  if (end < 0) return { key: text };
  return { key: text.slice(0, end), value: text.slice(end + 1) };
}

/**
 * Says what is wrong with `key` or `key=value`; undefined when a label could be like that.
 *
 * @public
 */
export function labelSelectorProblem(text: string): Problem | undefined {
  const { key, value } = parseLabelSelector(text);
  if (!KubernetesValidatorFunctions.isValidLabelKey(key)) {
    return keyProblem(key);
  }
  return value === undefined ||
    KubernetesValidatorFunctions.isValidLabelValue(value)
    ? undefined
    : valueProblem(key, value);
}
