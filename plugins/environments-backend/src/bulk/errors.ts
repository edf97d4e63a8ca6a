import { BULK_LIMIT } from '@greenroom/plugin-environments-common';
import { ConflictProblemError, InputProblemError } from '../errors';

/** 400: a request names environments, or says how to find them. */
export function selectionProblem(): InputProblemError {
  return new InputProblemError({
    code: 'bulk.selection',
    field: '/ids',
    message: 'It is not said which environments are meant, or in two ways.',
    remedy: 'Give either `ids` or a `filter`.',
  });
}

/** 409: what somebody means to be few are many. */
export function tooManyProblem(found: number): ConflictProblemError {
  return new ConflictProblemError({
    code: 'bulk.too-many',
    message: `${found} environments match, and ${BULK_LIMIT} is the most at once.`,
    remedy: 'Narrow the filter, or do it in parts.',
  });
}

/** 400: who destroys many says how many. */
export function countMissing(found: number): InputProblemError {
  return new InputProblemError({
    code: 'bulk.count.missing',
    field: '/count',
    message: 'It is not said how many environments are meant.',
    remedy: `Look at the dry run; with "count": ${found} it is done.`,
  });
}

/** 409: since the caller has looked, there are more or fewer. */
export function countChanged(
  expected: number,
  found: number,
): ConflictProblemError {
  return new ConflictProblemError({
    code: 'bulk.count',
    field: '/count',
    message: `${expected} environments are expected, and there are ${found}.`,
    remedy: 'Look at the dry run again. Nothing was done.',
  });
}

/** 400: the parts of a request that its action needs. */
export function untilMissing(): InputProblemError {
  return new InputProblemError({
    code: 'bulk.until',
    field: '/until',
    message: 'It is not said until when they are to be held.',
    remedy: 'Say until when: 2027-01-31T18:00:00Z.',
  });
}
