import {
  EstimatedCost,
  SimulatedCost,
} from '@greenroom/plugin-environments-common';
import { LeaseProjection } from '../ledger';
import { graceHoursUntil, hoursUntil } from './compare';

const HOURS_A_DAY = 24;

/** What an environment costs until a moment, by its lease alone. */
export function costUntil(
  { perDay, asleepPerDay }: EstimatedCost,
  lease: LeaseProjection,
  now: Date,
  horizon: Date,
): number {
  const awake = hoursUntil(lease, now, horizon) * perDay;
  const asleep = graceHoursUntil(lease, now, horizon) * asleepPerDay;
  return (awake + asleep) / HOURS_A_DAY;
}

/** Adds up what many cost, each currency for itself. */
export class CostSums {
  /** Of how many nobody has estimated what they cost. */
  without = 0;
  readonly #sums = new Map<string, SimulatedCost>();

  add(cost: SimulatedCost | undefined): void {
    if (!cost) {
      this.without += 1;
      return;
    }
    const { currency } = cost;
    const before = this.#sums.get(currency) ?? { now: 0, simulated: 0 };
    this.#sums.set(currency, {
      currency,
      now: before.now + cost.now,
      simulated: before.simulated + cost.simulated,
    });
  }

  /** By the codes of the currencies. */
  all(): SimulatedCost[] {
    return [...this.#sums.values()].sort((one, other) =>
      one.currency < other.currency ? -1 : 1,
    );
  }
}
