import {
  Environment,
  ListSleepsQuery,
  SleepingEnvironment,
  sleepsWithin,
} from '@greenroom/plugin-environments-common';

/** When a sample environment sleeps; what is paused counts as asleep by its schedule. */
export function sampleSleeps(
  one: Environment,
  { until }: ListSleepsQuery,
  now: number,
): SleepingEnvironment[] {
  const { schedule } = one;
  if (!schedule) return [];
  const asleep = one.state === 'paused';
  const end = one.lease.expiresAt;
  const over = end && end < until ? end : until;
  const sleeps = sleepsWithin(schedule, {
    from: new Date(now),
    until: new Date(over),
    asleep,
  }).map(sleep => ({
    from: sleep.from.toISOString(),
    until: sleep.until?.toISOString() ?? (over < until ? over : undefined),
  }));
  const at = asleep ? sleeps[0]?.until : sleeps[0]?.from;
  return [
    {
      environmentId: one.id,
      environmentName: one.name,
      owner: one.owner,
      state: one.state,
      schedule,
      standing: asleep ? 'asleep' : 'awake',
      sleeps,
      next: at ? { kind: asleep ? 'wake' : 'sleep', at } : undefined,
      holidays: [],
      endsAt: end,
      rights: { wake: true },
    },
  ];
}
