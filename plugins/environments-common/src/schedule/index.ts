export { scheduleFaults } from './check';
export type { ScheduleFault } from './check';
export { lastTransition, nextTransition } from './transitions';
export type { HolidayCheck, SleepSchedule, Transition } from './transitions';
