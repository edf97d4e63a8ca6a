export { scheduleFaults } from './check';
export type { ScheduleFault } from './check';
export { sleepsWithin } from './sleeps';
export type { Sleep } from './sleeps';
export { lastTransition, nextTransition } from './transitions';
export type { HolidayCheck, SleepSchedule, Transition } from './transitions';
