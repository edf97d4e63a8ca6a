/**
 * Lets the clock of timers and of measurements stand until `jest.advanceTimersByTime` moves it, so
 * that no time is up because the machine is slow. What goes over the network goes on as always.
 */
export function standingClock(): void {
  jest.useFakeTimers({
    doNotFake: [
      ...(['nextTick', 'queueMicrotask', 'setImmediate'] as const),
      ...(['clearImmediate', 'hrtime', 'Date'] as const),
    ],
  });
}
