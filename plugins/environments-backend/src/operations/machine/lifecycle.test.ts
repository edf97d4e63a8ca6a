import {
  OPERATION_STATES,
  STEP_STATES,
  StepState,
} from '@greenroom/plugin-environments-common';
import { drawnMoves, drawnTable } from './__testUtils__/drawing';
import { decide } from './decide';
import {
  ACTIVE_STATES,
  CLAIMABLE_STATES,
  isFinal,
  OPERATION_EVENTS,
  transition,
  TRANSITIONS,
  UNFINISHED_STATES,
} from './lifecycle';

/** Written out once more, by hand: every state and event, allowed or not. */
const MATRIX = `
  state      promoted claimed planned confirmed succeeded failed cancelled
  pending    queued   -       -       -         -         -      cancelled
  queued     -        running -       -         -         -      cancelled
  running    -        running waiting -         succeeded failed cancelled
  waiting    -        -       -       queued    -         -      cancelled
  succeeded  -        -       -       -         -         -      -
  failed     -        -       -       -         -         -      -
  cancelled  -        -       -       -         -         -      -
`;

const [[, ...events], ...rows] = MATRIX.trim()
  .split('\n')
  .map(line => line.trim().split(/\s+/));

describe('the lifecycle of an operation', () => {
  it('is tested for every state and event', () => {
    expect(events).toEqual([...OPERATION_EVENTS]);
    expect(rows.map(([state]) => state)).toEqual([...OPERATION_STATES]);
  });

  const cases = OPERATION_STATES.flatMap((state, row) =>
    OPERATION_EVENTS.map(
      (event, column) => [state, event, rows[row][column + 1]] as const,
    ),
  );

  it.each(cases.filter(([, , next]) => next !== '-'))(
    'goes from %s by %s to %s',
    (state, event, next) => expect(transition(state, event)).toBe(next),
  );

  it.each(cases.filter(([, , next]) => next === '-'))(
    'does not know in %s of %s',
    (state, event) => {
      expect(() => transition(state, event)).toThrow(
        `An operation that is ${state} can't be ${event}`,
      );
    },
  );

  it('tells by itself which states are active, claimable, and final', () => {
    expect(UNFINISHED_STATES).toEqual([
      'pending',
      'queued',
      'running',
      'waiting',
    ]);
    expect(ACTIVE_STATES).toEqual(['queued', 'running', 'waiting']);
    expect(CLAIMABLE_STATES).toEqual(['queued', 'running']);
    expect(OPERATION_STATES.filter(isFinal)).toEqual([
      'succeeded',
      'failed',
      'cancelled',
    ]);
  });

  it('is drawn in the README as it is', () => {
    const moves = OPERATION_STATES.flatMap(state =>
      OPERATION_EVENTS.flatMap(event => {
        const next = TRANSITIONS[state][event];
        return next ? [`${state} ${next} ${event}`] : [];
      }),
    );
    const ends = OPERATION_STATES.filter(isFinal).map(state => `${state} [*]`);
    expect(drawnMoves(0)).toEqual(['[*] pending', ...moves, ...ends].sort());
  });
});

describe('the states of steps', () => {
  it('are explained in the README as the engine understands them', () => {
    expect(drawnTable('state of a step')).toEqual(
      STEP_STATES.map(state => [state, whatComesAfter(state)]),
    );
  });
});

function whatComesAfter(state: StepState): string {
  const step = { id: 'first', component: 'site', action: 'plan' as const };
  const decision = decide({
    steps: [
      { ...step, state, after: [] },
      { ...step, id: 'second', state: 'waiting', after: ['first'] },
    ],
    confirm: false,
    cancelRequested: false,
  });
  if (decision.move === 'skip') return 'is skipped';
  const starts =
    decision.move === 'start' &&
    decision.steps.some(({ id }) => id === 'second');
  return starts ? 'starts' : 'waits';
}
