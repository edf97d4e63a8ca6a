import { EstimatedCost } from '@greenroom/plugin-environments-common';

/** Columns of `environments` that lists read. */
export const COST_COLUMNS = [
  'e.cost_per_day',
  'e.cost_asleep_per_day',
  'e.cost_currency',
];

/** All null: nobody has estimated it. */
export interface CostColumns {
  cost_per_day: number | null;
  cost_asleep_per_day: number | null;
  cost_currency: string | null;
}

export function costColumns(cost: EstimatedCost | undefined): CostColumns {
  return {
    cost_per_day: cost?.perDay ?? null,
    cost_asleep_per_day: cost?.asleepPerDay ?? null,
    cost_currency: cost?.currency ?? null,
  };
}

export function costOf({
  cost_per_day: perDay,
  cost_asleep_per_day: asleepPerDay,
  cost_currency: currency,
}: CostColumns): EstimatedCost | undefined {
  return perDay === null || asleepPerDay === null || currency === null
    ? undefined
    : { perDay, asleepPerDay, currency };
}
