import { Knex } from 'knex';
import {
  labelSelectorProblem,
  parseLabelSelector,
} from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../errors';

/**
 * Keeps environments that have all of these labels, each written as `key` or `key=value`.
 *
 * Both conditions are ones that the index over the labels knows.
 *
 * @param query in which `e` is the table of environments
 */
export function applyLabels(
  query: Knex.QueryBuilder,
  labels: string[] | undefined = [],
): void {
  for (const { key, value } of labels.map(parseLabelSelector)) {
    if (value === undefined) query.whereRaw(String.raw`e.labels \? ?`, [key]);
    else query.whereJsonSupersetOf('e.labels', { [key]: value });
  }
}

/**
 * @param field of the request that holds them
 * @throws InputProblemError for what no label can be like: it would only ever find nothing
 */
export function requireLabelSelectors(
  labels: string[] | undefined = [],
  field: string,
): void {
  const problems = labels.flatMap((label, index) => {
    const problem = labelSelectorProblem(label);
    return problem ? { ...problem, field: `${field}/${index}` } : [];
  });
  if (problems.length > 0) throw new InputProblemError(problems);
}
