import { MoreTimeRequest } from '@greenroom/plugin-environments-common';
import { EnvironmentRecord } from '../../environments/types';
import { TimeRequest } from './request';

/** A request as the API gives it to one caller. */
export function toMoreTime(
  request: TimeRequest,
  { name, owner }: Pick<EnvironmentRecord, 'name' | 'owner'>,
  { actor, mayOverride }: { actor: string; mayOverride: boolean },
): MoreTimeRequest {
  const { state, answer } = request;
  const isWaiting = state === 'waiting';
  const isOwn = request.askedBy === actor;
  return {
    id: request.id,
    environmentId: request.environmentId,
    environmentName: name,
    owner,
    askedBy: request.askedBy,
    askedAt: request.askedAt.toISOString(),
    until: request.wantedEnd.toISOString(),
    reason: request.reason,
    limit: request.limit,
    state,
    answer: answer && { ...answer, at: answer.at.toISOString() },
    rights: {
      answer: isWaiting && mayOverride && !isOwn,
      withdraw: isWaiting && isOwn,
    },
  };
}
