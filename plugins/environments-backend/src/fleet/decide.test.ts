import {
  FLEET_ENVIRONMENT_STATES,
  FleetCounts,
  FleetEnvironmentState,
} from '@greenroom/plugin-environments-common';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { decide, FleetFacts } from './decide';
import { waveSizes } from './waves';

const SATURDAY = DateTime.fromISO('2026-11-21T12:00:00Z');

function counts(part: Partial<FleetCounts> = {}): FleetCounts {
  const none = FLEET_ENVIRONMENT_STATES.map(state => [state, 0]);
  return { ...(Object.fromEntries(none) as FleetCounts), ...part };
}

const facts = (part: Partial<FleetFacts> = {}): FleetFacts => ({
  state: 'running',
  concurrency: 3,
  failureBudget: 1,
  failures: 0,
  windows: [],
  waves: [
    { number: 1, counts: counts({ waiting: 2 }) },
    { number: 2, counts: counts({ waiting: 5 }) },
  ],
  ...part,
});
const decideNow = (part: Partial<FleetFacts> = {}) =>
  decide(SATURDAY.toJSDate(), facts(part));

describe('what a fleet upgrade does next', () => {
  it('begins with the first wave, up to its concurrency', () => {
    expect(decideNow()).toEqual({ action: 'begin', wave: 1, most: 2 });
    expect(decideNow({ concurrency: 1 })).toMatchObject({ most: 1 });
  });

  it('begins no wave before the one before has ended', () => {
    const [, second] = facts().waves;
    const first = (part: Partial<FleetCounts>) => ({
      waves: [{ number: 1, counts: counts(part) }, second],
    });
    expect(decideNow(first({ upgrading: 1, succeeded: 1 }))).toEqual({
      action: 'follow',
    });
    expect(
      decideNow(first({ succeeded: 1, failed: 1, 'set-aside': 3 })),
    ).toEqual({ action: 'begin', wave: 2, most: 3 });
  });

  it('stops with the failure after its budget, whatever else there is', () => {
    expect(decideNow({ failures: 1 })).toMatchObject({ action: 'begin' });
    expect(decideNow({ failures: 2 })).toEqual({ action: 'stop' });
  });

  it('waits for its window, and not while something is under way', () => {
    const windows = [
      {
        days: ['sun' as const],
        from: '02:00',
        to: '04:00',
        timeZone: 'UTC',
      },
    ];
    expect(decideNow({ windows })).toEqual({
      action: 'wait',
      until: SATURDAY.plus({ hours: 14 }).toJSDate(),
    });
    const [, second] = facts().waves;
    const going = { number: 1, counts: counts({ checking: 1 }) };
    expect(decideNow({ windows, waves: [going, second] })).toEqual({
      action: 'follow',
    });
  });

  it('is complete once everything has ended', () => {
    const ended = counts({ succeeded: 4, failed: 1 });
    expect(decideNow({ waves: [{ number: 1, counts: ended }] })).toEqual({
      action: 'complete',
    });
    expect(decideNow({ waves: [] })).toEqual({ action: 'complete' });
  });

  it.each(['paused', 'stopped', 'aborted', 'completed'] as const)(
    'begins nothing while it is %s, and follows what is under way',
    state => {
      const going = [{ number: 1, counts: counts({ upgrading: 1 }) }];
      expect(decideNow({ state })).toEqual({ action: 'rest' });
      expect(decideNow({ state, waves: going })).toEqual({ action: 'follow' });
    },
  );

  it('upgrades everything once, a wave at a time, within concurrency and budget', () => {
    const outcome = fc.constantFrom<FleetEnvironmentState>(
      'succeeded',
      'succeeded',
      'failed',
      'set-aside',
    );
    const fleet = fc.record({
      outcomes: fc.array(outcome, { maxLength: 40 }),
      concurrency: fc.integer({ min: 1, max: 8 }),
      failureBudget: fc.integer({ min: 0, max: 5 }),
      waves: fc.array(fc.record({ count: fc.integer({ min: 1, max: 9 }) }), {
        maxLength: 3,
      }),
      chance: fc.infiniteStream(fc.nat()),
    });
    fc.assert(
      fc.property(fleet, given => {
        const { begins, end, items } = simulate(given);
        const { concurrency, failureBudget } = given;
        expect(
          begins.filter(
            ({ going, failed, earlierWaits }) =>
              going > concurrency || failed > failureBudget || earlierWaits,
          ),
        ).toEqual([]);
        const failed = items.filter(({ state }) => state === 'failed').length;
        const waiting = items.filter(({ state }) => state === 'waiting').length;
        expect(end).toBe(failed > failureBudget ? 'stop' : 'complete');
        expect(end === 'stop' || waiting === 0).toBe(true);
        expect(items.every(({ begun }) => begun <= 1)).toBe(true);
        // Beyond its budget no more can fail than were under way.
        expect(failed).toBeLessThanOrEqual(failureBudget + concurrency);
      }),
    );
  });
});

interface Simulated {
  outcomes: FleetEnvironmentState[];
  concurrency: number;
  failureBudget: number;
  waves: { count: number }[];
  /** Which of those under way ends next. */
  chance: fc.Stream<number>;
}

/** Carries a fleet to where nothing begins any more, and tells what held at each begin. */
function simulate(given: Simulated) {
  const { outcomes, waves, chance } = given;
  const sizes = waveSizes(outcomes.length, waves);
  const items = outcomes.map((end, index) => ({
    end,
    wave: waveOf(index, sizes),
    state: 'waiting' as FleetEnvironmentState,
    begun: 0,
  }));
  const inState = (state: FleetEnvironmentState) =>
    items.filter(one => one.state === state);
  const begins: { going: number; failed: number; earlierWaits: boolean }[] = [];
  for (;;) {
    const failed = inState('failed').length;
    const decision = decideNow({
      ...given,
      failures: failed,
      waves: sizes.map((_, index) => ({
        number: index + 1,
        counts: counted(items.filter(({ wave }) => wave === index + 1)),
      })),
    });
    if (decision.action === 'begin') {
      const { wave, most } = decision;
      const waiting = inState('waiting');
      const next = waiting.filter(one => one.wave === wave).slice(0, most);
      for (const one of next) {
        one.state = 'upgrading';
        one.begun += 1;
      }
      begins.push({
        going: inState('upgrading').length,
        failed,
        earlierWaits: waiting.some(one => one.wave < wave),
      });
    } else if (decision.action === 'follow') {
      const going = inState('upgrading');
      const one = going[chance.next().value % going.length];
      one.state = one.end;
    } else {
      return { begins, end: decision.action, items };
    }
  }
}

function waveOf(index: number, sizes: number[]): number {
  let end = 0;
  return sizes.findIndex(size => index < (end += size)) + 1;
}

function counted(items: { state: FleetEnvironmentState }[]): FleetCounts {
  const all = counts();
  for (const { state } of items) all[state] += 1;
  return all;
}
