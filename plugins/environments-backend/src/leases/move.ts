import {
  MoveLeaseRequest,
  parseDurationSeconds,
  Problem,
} from '@greenroom/plugin-environments-common';
import { momentOf } from '../clock';
import { InputProblemError } from '../errors';
import { reasonMissing } from './errors';
import { Move } from './extend';

/**
 * A request to move an expiry, with what it says in words read.
 *
 * @throws InputProblemError
 */
export function readMove(
  { by, until, reason }: MoveLeaseRequest,
  { needsReason = false } = {},
): Omit<Move, 'actor'> {
  const bySeconds = by === undefined ? undefined : parseDurationSeconds(by);
  const problems: Problem[] = [];
  if (by !== undefined && bySeconds === undefined) {
    problems.push({
      code: 'lease.by',
      field: '/by',
      message: `"${by}" is not a duration.`,
      remedy: 'Write a whole number and a unit: 90m, 24h or 2d.',
    });
  }
  if (by !== undefined && until !== undefined) {
    problems.push({
      code: 'lease.by-or-until',
      field: '/until',
      message: 'Both by how much and until when are said.',
      remedy: 'Say one of them.',
    });
  }
  const said = reason?.trim() || undefined;
  if (needsReason && !said) problems.push(reasonMissing());
  if (problems.length > 0) throw new InputProblemError(problems);
  return {
    bySeconds,
    until: until === undefined ? undefined : momentOf(until),
    reason: said,
  };
}
