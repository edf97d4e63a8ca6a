import {
  EnvironmentSummary,
  EstimatedCost,
  formatMoney,
} from '@greenroom/plugin-environments-common';

/** `about €12.40 a day, €2.48 while asleep, as its blueprint's author estimates` */
export function costText(cost: EstimatedCost): string {
  const { perDay, asleepPerDay, currency } = cost;
  const asleep =
    asleepPerDay === perDay
      ? ''
      : `, ${formatMoney(asleepPerDay, currency)} while asleep`;
  return `about ${formatMoney(perDay, currency)} a day${asleep}, as its blueprint’s author estimates`;
}

/** What it costs a day as it is now; undefined: nothing any more, or nobody has estimated it. */
export function presentCost({
  cost,
  state,
}: Pick<EnvironmentSummary, 'cost' | 'state'>): string | undefined {
  if (!cost || state === 'destroyed') return undefined;
  const { perDay, asleepPerDay, currency } = cost;
  return formatMoney(state === 'paused' ? asleepPerDay : perDay, currency);
}
