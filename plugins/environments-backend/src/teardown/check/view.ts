import { TeardownCheck } from '@greenroom/plugin-environments-common';
import { CheckRecord } from './types';

/** A verdict as the API gives it. */
export function toTeardownCheck(check: CheckRecord): TeardownCheck {
  const { operationId, operationNumber } = check;
  const { checkedAt, failingSince, toldAt } = check;
  const { problems, cautions, removes } = check;
  return {
    operationId,
    operationNumber,
    checkedAt: checkedAt.toISOString(),
    failingSince: failingSince?.toISOString(),
    toldAt: toldAt?.toISOString(),
    problems,
    cautions,
    removes,
  };
}
