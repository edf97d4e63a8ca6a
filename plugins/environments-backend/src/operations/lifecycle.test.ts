import { OPERATION_STATES } from '@greenroom/plugin-environments-common';
import {
  ACTIVE_STATES,
  isActive,
  OPERATION_EVENTS,
  TRANSITIONS,
} from './lifecycle';

describe('the lifecycle of an operation', () => {
  it('is this, and nothing else', () => {
    const lines = OPERATION_STATES.flatMap(state =>
      OPERATION_EVENTS.map(event => [state, event, TRANSITIONS[state][event]]),
    )
      .filter(([, , next]) => next)
      .map(line => line.join(' '));
    expect(lines).toEqual([
      'queued claimed running',
      'running claimed running',
      'running succeeded succeeded',
      'running failed failed',
    ]);
  });

  it('is active until it has succeeded or failed', () => {
    expect(ACTIVE_STATES).toEqual(['queued', 'running']);
    expect(isActive('failed')).toBe(false);
  });
});
