import {
  formatMoney,
  LeaseBrakeStatus,
  LeaseOutcome,
  LeaseSimulation,
  SimulatedCost,
  SimulatedLease,
} from '@greenroom/plugin-environments-common';

/** What an outcome is called: of one environment, and of so many. */
export const OUTCOME_WORDS: Record<
  LeaseOutcome,
  { one: string; many: (count: number) => string }
> = {
  ended: {
    one: 'over by now',
    many: count => `${count} would be over by now`,
  },
  paused: {
    one: 'paused until its end',
    many: count =>
      `${count} would be paused until ${count === 1 ? 'its' : 'their'} end`,
  },
  earlier: {
    one: 'ends earlier',
    many: count => `${count} would end earlier`,
  },
  later: { one: 'lives longer', many: count => `${count} would live longer` },
  'needs-end': {
    one: 'needs an end',
    many: count =>
      `${count} would have had to say when ${count === 1 ? 'it ends' : 'they end'}`,
  },
  unchanged: {
    one: 'ends when it does',
    many: count =>
      `${count} would end when ${count === 1 ? 'it does' : 'they do'}`,
  },
};

/** What holds from now on, whatever was before. */
export function standingText({
  overMaximum,
  losesExtensions,
}: Pick<SimulatedLease, 'overMaximum' | 'losesExtensions'>): string {
  if (overMaximum) return 'keeps its end, beyond the maximum';
  return losesExtensions ? 'can be extended less' : '–';
}

/** What new rules would do to the leases that there are. */
export function warningsOf({
  overMaximum,
  losesExtensions,
  outcomes,
}: LeaseSimulation): string[] {
  return [
    overMaximum > 0 &&
      `Beyond the new maximum, and not to be extended, though their end stays: ${overMaximum}.`,
    losesExtensions > 0 &&
      `To be extended less far, or less often, than now: ${losesExtensions}.`,
    outcomes['needs-end'] > 0 &&
      `Refused at their request without an end, so that nobody can say when they would end: ${outcomes['needs-end']}.`,
  ].filter(text => text !== false);
}

/** What the brake on ends has to do with it. */
export function brakeText(
  { outcomes, leases }: LeaseSimulation,
  { sharePercent, atLeast }: LeaseBrakeStatus['limits'],
): string {
  const over = outcomes.ended + outcomes.paused;
  const begins =
    'The brake has no part in a change of rules, which ends nothing.';
  if (over === 0 || leases === 0) return begins;
  const percent = Math.round((over / leases) * 100);
  const holds = over >= atLeast && percent > sharePercent;
  return `${begins} Were these ${over} (${percent} %) due at once after a leap of the clock, it would ${holds ? 'hold them' : 'let them end'}: it holds more than ${sharePercent} %, from ${atLeast} on.`;
}

/** `2 600 h fewer within 14 days: 9 400 h, not 12 000 h` */
export function hoursText({ hours, horizonDays }: LeaseSimulation): string {
  const is = Math.round(hours.now);
  const would = Math.round(hours.simulated);
  const within = `within the next ${horizonDays} days`;
  if (is === would)
    return `Environments are on for ${number(is)} h ${within}, as now.`;
  const by = `${number(Math.abs(would - is))} h ${would < is ? 'fewer' : 'more'}`;
  return `Environments are on for ${number(would)} h ${within}, not ${number(is)} h: ${by}.`;
}

/** `€310.00, not €420.00: €110.00 less` */
export function costText({ currency, now, simulated }: SimulatedCost): string {
  const [is, would] = [now, simulated].map(sum => formatMoney(sum, currency));
  if (is === would) return `${is}, as now`;
  const by = formatMoney(Math.abs(simulated - now), currency);
  return `${would}, not ${is}: ${by} ${simulated < now ? 'less' : 'more'}`;
}

/** What the hours cost, each currency for itself, and how much of it nobody knows. */
export function costsText({
  costs,
  withoutCost,
}: Pick<LeaseSimulation, 'costs' | 'withoutCost'>): string | undefined {
  if (costs.length === 0) return undefined;
  const estimate = `By their authors’ estimates they cost ${costs.map(costText).join('; ')}.`;
  return withoutCost === 0
    ? estimate
    : `${estimate} ${withoutCost} without an estimate ${withoutCost === 1 ? 'is' : 'are'} not in it.`;
}

function number(value: number): string {
  return new Intl.NumberFormat('en-GB').format(value).replaceAll(',', '\u202f');
}
