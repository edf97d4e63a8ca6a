import {
  COMPONENT_STATES,
  ComponentState,
  ENVIRONMENT_STATES,
  OPERATION_KINDS,
  isResting,
  MAY_BEGIN,
} from '@greenroom/plugin-environments-common';
import { ConflictProblemError } from '../errors';
import { drawnMoves } from '../operations/machine/__testUtils__/drawing';
import {
  begin,
  DOING,
  INITIAL_STATE,
  RestFacts,
  stateAtRest,
} from './lifecycle';

/** Written out once more, by hand: every state and kind of operation, allowed or not. */
const MATRIX = `
  state         create       update   upgrade  pause   resume   remediate adopt    destroy
  provisioning  -            -        -        -       -        -         -        -
  running       -            updating updating pausing -        updating  updating destroying
  updating      -            -        -        -       -        -         -        -
  pausing       -            -        -        -       -        -         -        -
  paused        -            -        -        -       resuming -         -        destroying
  resuming      -            -        -        -       -        -         -        -
  degraded      -            updating updating pausing resuming updating  updating destroying
  failed        provisioning updating updating -       -        updating  updating destroying
  destroying    -            -        -        -       -        -         -        -
  destroyed     -            -        -        -       -        -         -        -
`;

const [[, ...kinds], ...rows] = MATRIX.trim()
  .split('\n')
  .map(line => line.trim().split(/\s+/));
const stateOf = new Map(rows.map(([state, ...next]) => [state, next]));

describe('the lifecycle of an environment', () => {
  it('is tested for every state and kind of operation', () => {
    expect(kinds).toEqual([...OPERATION_KINDS]);
    expect(rows.map(([state]) => state).sort()).toEqual(
      [...ENVIRONMENT_STATES].sort(),
    );
  });

  const cases = ENVIRONMENT_STATES.flatMap(state =>
    OPERATION_KINDS.map(
      (kind, column) => [state, kind, stateOf.get(state)?.[column]] as const,
    ),
  );

  it.each(cases.filter(([, , next]) => next !== '-'))(
    'goes from %s by %s to %s',
    (state, kind, next) => expect(begin(state, kind)).toBe(next),
  );

  it.each(cases.filter(([, , next]) => next === '-'))(
    'refuses in %s the operation %s, and says what to do',
    (state, kind) => {
      const refused = () => begin(state, kind);
      expect(refused).toThrow(ConflictProblemError);
      expect(refused).toThrow(
        `The environment is ${state}, where "${kind}" cannot begin.`,
      );
    },
  );

  it('is drawn in the README as it is', () => {
    const resting = ENVIRONMENT_STATES.filter(isResting);
    const begins = resting.flatMap(state =>
      MAY_BEGIN[state].map(kind => `${state} ${DOING[kind]} ${kind}`),
    );
    const ends = [...new Set(Object.values(DOING))].map(
      state => `${state} rest ended`,
    );
    const drawn = drawnMoves(1);
    const fromRest = (move: string) => move.startsWith('rest ');
    expect(drawn.filter(move => !fromRest(move))).toEqual(
      [
        `[*] ${INITIAL_STATE} create`,
        ...begins,
        ...ends,
        'destroyed [*]',
      ].sort(),
    );
    const reached = new Set(
      drawn.filter(fromRest).map(move => move.split(' ')[1]),
    );
    expect([...reached].sort()).toEqual([...allRestingStates()].sort());
  });
});

function allRestingStates(): Set<string> {
  const reached = new Set<string>();
  for (const first of COMPONENT_STATES) {
    for (const second of COMPONENT_STATES) {
      for (const wasReady of [true, false]) {
        for (const destroyed of [true, false]) {
          const components = both([first, second]);
          reached.add(stateAtRest({ components, wasReady, destroyed }));
        }
      }
    }
  }
  return reached;
}

describe('where an environment comes to rest', () => {
  const rest = (
    components: RestFacts['components'],
    facts: Partial<RestFacts> = {},
  ) => stateAtRest({ components, wasReady: true, destroyed: false, ...facts });

  it('is running when all that is wanted is ready', () => {
    expect(rest(both(['ready', 'ready']))).toBe('running');
    expect(rest(both(['ready', 'absent']))).toBe('running');
    expect(rest([])).toBe('running');
  });

  it('is paused when all that can be paused is, and the rest is ready', () => {
    expect(rest(both(['paused', 'paused']))).toBe('paused');
    const [database, site] = both(['paused', 'ready']);
    expect(rest([database, { ...site, pausable: false }])).toBe('paused');
    expect(rest([database, site])).toBe('degraded');
  });

  it.each<ComponentState>(['waiting', 'working', 'failed'])(
    'is degraded when something is %s and once all was ready, and failed before that',
    state => {
      expect(rest(both(['ready', state]))).toBe('degraded');
      expect(rest(both(['ready', state]), { wasReady: false })).toBe('failed');
    },
  );

  it('is failed once a teardown has taken a part away', () => {
    expect(rest(both(['ready', 'gone']))).toBe('failed');
  });

  it('is destroyed by proof alone', () => {
    expect(rest(both(['gone', 'gone']))).toBe('failed');
    expect(rest(both(['gone', 'gone']), { destroyed: true })).toBe('destroyed');
  });
});

function both(states: ComponentState[]): RestFacts['components'] {
  return states.map(state => ({ state, pausable: true }));
}
