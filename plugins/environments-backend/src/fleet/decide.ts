import {
  FleetCounts,
  FleetUpgradeState,
  MaintenanceWindow,
} from '@greenroom/plugin-environments-common';
import { isOpen, nextOpening } from './windows';

/** What a fleet upgrade's next step depends on. */
export interface FleetFacts {
  state: FleetUpgradeState;
  concurrency: number;
  failureBudget: number;
  /** Failures that count. */
  failures: number;
  windows: MaintenanceWindow[];
  /** In their order. */
  waves: { number: number; counts: FleetCounts }[];
}

export type FleetDecision =
  /** Upgrades may begin: so many, of this wave. */
  | { action: 'begin'; wave: number; most: number }
  /** Something is under way, and nothing else can begin before that ends. */
  | { action: 'follow' }
  /** No window is open; `until` is absent when none opens in the next weeks. */
  | { action: 'wait'; until?: Date }
  /** More have failed than may. */
  | { action: 'stop' }
  /** Everything has ended. */
  | { action: 'complete' }
  /** It is not to begin anything, and nothing is under way. */
  | { action: 'rest' };

/** What is to happen next. Budget first: after a failure too many nothing begins. */
export function decide(now: Date, facts: FleetFacts): FleetDecision {
  const { state, windows, waves, concurrency } = facts;
  const underWay = waves.reduce((sum, wave) => sum + going(wave.counts), 0);
  if (state !== 'running') {
    return { action: underWay > 0 ? 'follow' : 'rest' };
  }
  if (facts.failures > facts.failureBudget) return { action: 'stop' };
  const current = waves.find(
    ({ counts }) => counts.waiting + going(counts) > 0,
  );
  if (!current) return { action: 'complete' };
  const most = Math.min(current.counts.waiting, concurrency - underWay);
  if (most <= 0) return { action: 'follow' };
  if (isOpen(windows, now)) {
    return { action: 'begin', wave: current.number, most };
  }
  return underWay > 0
    ? { action: 'follow' }
    : { action: 'wait', until: nextOpening(windows, now) };
}

function going({ checking, upgrading }: FleetCounts): number {
  return checking + upgrading;
}
