import {
  EnvironmentSchedule,
  nextTransition,
  SleepSchedule,
} from '@greenroom/plugin-environments-common';

const OFFICE: SleepSchedule = {
  sleep: '0 19 * * 1-5',
  wake: '0 8 * * 1-5',
  timeZone: 'Europe/Berlin',
};
const FAR: SleepSchedule = {
  sleep: '30 18 * * *',
  wake: '30 9 * * 1-6',
  timeZone: 'Asia/Kolkata',
};

/** When some environments sleep, by their names. */
export function sampleSchedule(
  name: string,
  now: number,
): EnvironmentSchedule | undefined {
  const schedules: Record<string, SleepSchedule> = {
    'shop-demo': OFFICE,
    'fraud-sandbox': FAR,
    'kafka-lab': { ...OFFICE, sleep: '0 22 * * *', wake: '0 6 * * *' },
    'checkout-with-a-name-as-long-as-names-go': OFFICE,
    'staging-eu': { sleep: '0 20 * * 5', timeZone: 'UTC' },
    'search-spike': OFFICE,
    'weekend-lab': OFFICE,
  };
  const schedule = name.startsWith('pr-4') ? OFFICE : schedules[name];
  if (!schedule) return undefined;
  const next = nextTransition(schedule, new Date(now));
  return {
    ...schedule,
    rule: name.startsWith('pr-') ? 'config.schedules.rules[0]' : 'blueprint',
    next: next && { kind: next.kind, at: next.at.toISOString() },
  };
}
