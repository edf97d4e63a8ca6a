import { BLUEPRINT_LIMITS, BlueprintDocument } from './document';
import {
  BlueprintExpressionError,
  BlueprintRequestScope,
  evaluator,
} from './evaluate';
import { readTemplate } from './template';

/**
 * What an environment costs, as the author of its blueprint estimates it.
 *
 * @public
 */
export interface EstimatedCost {
  perDay: number;
  /** While it is paused; as `perDay` where the author says nothing of it. */
  asleepPerDay: number;
  /** ISO 4217: EUR. */
  currency: string;
}

/** Finer than any currency is divided. */
const PARTS = 10_000;

/**
 * The estimate for an environment with these inputs.
 *
 * @returns undefined when the blueprint declares none, and when its expression gives no amount
 * @public
 */
export function estimatedCost(
  document: BlueprintDocument,
  scope: BlueprintRequestScope,
): EstimatedCost | undefined {
  const { cost } = document.spec;
  if (!cost) return undefined;
  const perDay = amountOf(document, cost.perDay, scope);
  if (!isAmount(perDay)) return undefined;
  return {
    perDay: rounded(perDay),
    asleepPerDay: rounded(perDay * (cost.asleep ?? 1)),
    currency: cost.currency,
  };
}

function amountOf(
  document: BlueprintDocument,
  perDay: number | string,
  scope: BlueprintRequestScope,
): unknown {
  if (typeof perDay === 'number') return perDay;
  const source = readTemplate(perDay).whole ?? perDay;
  const evaluate = evaluator(document, { ...scope, components: {} }, new Set());
  try {
    return evaluate(source, 'cost.perDay');
  } catch (error) {
    // Nobody is kept from an environment because its cost can't be told.
    if (error instanceof BlueprintExpressionError) return undefined;
    throw error;
  }
}

function isAmount(value: unknown): value is number {
  return (
    typeof value === 'number' &&
    value >= 0 &&
    value <= BLUEPRINT_LIMITS.costPerDay
  );
}

function rounded(amount: number): number {
  return Math.round(amount * PARTS) / PARTS;
}
