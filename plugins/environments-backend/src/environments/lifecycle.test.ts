import { ENVIRONMENT_STATES } from '@greenroom/plugin-environments-common';
import { ConflictProblemError } from '../errors';
import { ENVIRONMENT_EVENTS, transition } from './lifecycle';

/** Written out once more, by hand: every state and event, allowed or not. */
const MATRIX = `
  state         create.succeeded create.failed destroy.requested destroy.succeeded destroy.failed
  provisioning  running          failed        -                 -                 -
  running       -                -             destroying        -                 -
  updating      -                -             -                 -                 -
  failed        -                -             destroying        -                 -
  destroying    -                -             -                 destroyed         failed
  destroyed     -                -             -                 -                 -
`;

const [[, ...events], ...rows] = MATRIX.trim()
  .split('\n')
  .map(line => line.trim().split(/\s+/));

describe('the lifecycle of an environment', () => {
  it('is tested for every state and event', () => {
    expect(events).toEqual([...ENVIRONMENT_EVENTS]);
    expect(rows.map(([state]) => state)).toEqual([...ENVIRONMENT_STATES]);
  });

  const cases = ENVIRONMENT_STATES.flatMap((state, row) =>
    ENVIRONMENT_EVENTS.map(
      (event, column) => [state, event, rows[row][column + 1]] as const,
    ),
  );

  it.each(cases.filter(([, , next]) => next !== '-'))(
    'goes from %s by %s to %s',
    (state, event, next) => expect(transition(state, event)).toBe(next),
  );

  it.each(cases.filter(([, , next]) => next === '-'))(
    'refuses in %s the event %s, and says what to do',
    (state, event) => {
      const refused = () => transition(state, event);
      expect(refused).toThrow(ConflictProblemError);
      expect(refused).toThrow(`The environment is ${state}`);
    },
  );
});
