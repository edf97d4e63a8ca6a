import fc from 'fast-check';
import {
  OPERATION_KINDS,
  StepState,
} from '@greenroom/plugin-environments-common';
import { decide, StepFacts, stepsToRepeat } from './decide';
import { GraphNode, planSteps } from './steps';

/** Graphs in an order in which each component follows what it uses. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map(choices =>
    choices.map((uses, index): GraphNode => ({
      id: `c${index}`,
      uses: index === 0 ? [] : [...new Set(uses.map(use => `c${use % index}`))],
      pausable: index % 2 === 0,
    })),
  );

/** Of an operation of any kind, on an environment of which some components exist. */
const operations = fc
  .record({
    kind: fc.constantFrom(...OPERATION_KINDS),
    graph: graphs,
    wanted: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    existing: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    dryRun: fc.boolean(),
  })
  .map(({ kind, graph, wanted, existing, dryRun }) => {
    // What is wanted or exists brings with it what it uses.
    const closed = (chosen: boolean[]) => {
      const ids = new Set<string>();
      for (let at = graph.length - 1; at >= 0; at--) {
        if (!chosen[at] && !ids.has(graph[at].id)) continue;
        ids.add(graph[at].id);
        graph[at].uses.forEach(use => ids.add(use));
      }
      return graph.filter(({ id }) => ids.has(id));
    };
    return planSteps({
      kind,
      dryRun,
      wanted: closed(wanted),
      existing: closed(existing),
    }).map((draft, position): StepFacts => ({
      id: String(position),
      component: draft.component,
      action: draft.action,
      state: 'waiting',
      after: draft.after.map(String),
    }));
  });

/** What may happen to a step that was begun, by chance. */
const endings = fc.constantFrom<StepState>(
  'succeeded',
  'succeeded',
  'succeeded',
  'unchanged',
  'failed',
  'cancelled',
);
const fates = fc.array(
  fc.record({ end: endings, hasChanges: fc.boolean(), pick: fc.nat() }),
  { minLength: 30, maxLength: 30 },
);

interface Played {
  steps: StepFacts[];
  end: string;
  begun: StepFacts[];
  /** How the steps stood when a confirmation was waited for, and never given. */
  beforeConfirmation: StepFacts[];
}

/** Plays an operation to its end, with steps in parallel that end in any order. */
function play(
  steps: StepFacts[],
  fate: { end: StepState; hasChanges: boolean; pick: number }[],
  options: {
    confirm?: boolean;
    neverConfirmed?: boolean;
    cancelAfter?: number;
  } = {},
): Played {
  const begun: StepFacts[] = [];
  for (let turn = 0; ; turn++) {
    expect(turn).toBeLessThan(500);
    const decision = decide({
      steps,
      confirm: options.confirm ?? false,
      cancelRequested: begun.length >= (options.cancelAfter ?? Infinity),
    });
    if (decision.move === 'end') {
      return { steps, end: decision.state, begun, beforeConfirmation: [] };
    }
    if (decision.move === 'skip') {
      expect(decision.steps).not.toEqual([]);
      for (const step of decision.steps) step.state = 'skipped';
      continue;
    }
    if (decision.move === 'wait-for-confirmation') {
      if (options.neverConfirmed) {
        return { steps, end: 'waiting', begun, beforeConfirmation: steps };
      }
      for (const { plan } of steps) if (plan) plan.confirmed = true;
      continue;
    }
    for (const step of decision.steps) {
      for (const id of step.after) {
        const { state } = steps.find(other => other.id === id)!;
        expect(['succeeded', 'unchanged']).toContain(state);
      }
      step.state = 'running';
      begun.push(step);
    }
    const running = steps.filter(({ state }) => state === 'running');
    const { end, hasChanges, pick } = fate[turn % fate.length];
    const ended = running[pick % running.length];
    ended.state = end;
    if (ended.action === 'plan' && end === 'succeeded') {
      ended.plan = { hasChanges, confirmed: false };
    }
  }
}

const isRunning = ({ state }: StepFacts) => state === 'running';

const planOf = (steps: StepFacts[], component: string) =>
  steps.find(step => step.component === component && step.action === 'plan')
    ?.plan;

describe('what comes next in an operation', () => {
  it('leads to an end in which every step has ended, each begun at most once', () => {
    fc.assert(
      fc.property(operations, fates, (steps, fate) => {
        const { begun, end } = play(steps, fate);
        expect(
          steps.filter(({ state }) => ['waiting', 'running'].includes(state)),
        ).toEqual([]);
        expect(new Set(begun).size).toBe(begun.length);
        const failed = steps.some(({ state }) => state === 'failed');
        expect(end === 'failed').toBe(failed);
      }),
    );
  });

  it('is a success exactly when every step is done', () => {
    fc.assert(
      fc.property(operations, fates, (steps, fate) => {
        const { end } = play(steps, fate);
        const done = steps.every(({ state }) =>
          ['succeeded', 'unchanged'].includes(state),
        );
        expect(end === 'succeeded').toBe(done);
      }),
    );
  });

  it('skips only what waits, near or far, for something that was not done', () => {
    fc.assert(
      fc.property(operations, fates, (steps, fate) => {
        play(steps, fate);
        for (const step of steps) {
          if (step.state !== 'skipped') continue;
          const causes = step.after.map(
            id => steps.find(other => other.id === id)!.state,
          );
          expect(
            causes.some(state =>
              ['failed', 'cancelled', 'skipped'].includes(state),
            ),
          ).toBe(true);
        }
      }),
    );
  });

  it('begins nothing that changes anything before its plan is confirmed', () => {
    fc.assert(
      fc.property(operations, fates, (steps, fate) => {
        const { begun, beforeConfirmation } = play(steps, fate, {
          confirm: true,
          neverConfirmed: true,
        });
        const changed = begun.filter(
          ({ component, action }) =>
            (action === 'apply' || action === 'destroy') &&
            planOf(steps, component)?.hasChanges,
        );
        expect(changed).toEqual([]);
        // Whatever could be planned, is.
        expect(beforeConfirmation.filter(isRunning)).toEqual([]);
      }),
    );
  });

  it('comes to an end with confirmations as well, when all are given', () => {
    fc.assert(
      fc.property(operations, fates, (steps, fate) => {
        const { end } = play(steps, fate, { confirm: true });
        expect(['succeeded', 'failed', 'cancelled']).toContain(end);
      }),
    );
  });

  it('is no success once somebody wanted it cancelled before all was done', () => {
    fc.assert(
      fc.property(operations, fates, fc.nat(8), (steps, fate, cancelAfter) => {
        const { end } = play(steps, fate, { cancelAfter });
        const done = steps.every(({ state }) =>
          ['succeeded', 'unchanged'].includes(state),
        );
        expect(end === 'succeeded').toBe(done);
      }),
    );
  });

  it.each([
    ['apply', false, 'start'],
    ['apply', true, 'wait-for-confirmation'],
    ['destroy', false, 'start'],
    ['destroy', true, 'wait-for-confirmation'],
  ] as const)(
    'asks for no word about a plan that changes nothing: %s, changes %s',
    (action, hasChanges, move) => {
      const plan = { hasChanges, confirmed: false };
      const step = { component: 'a', after: [] };
      const steps: StepFacts[] = [
        { ...step, id: 'p', action: 'plan', state: 'succeeded', plan },
        { ...step, id: 'a', action, state: 'waiting', after: ['p'] },
      ];
      expect(
        decide({ steps, confirm: true, cancelRequested: false }),
      ).toMatchObject({ move });
    },
  );

  it('is no end while steps are left that wait for each other', () => {
    const step = { component: 'a', action: 'plan', state: 'waiting' } as const;
    const steps: StepFacts[] = [
      { ...step, id: 'a', after: ['b'] },
      { ...step, id: 'b', after: ['a'] },
    ];
    expect(() =>
      decide({ steps, confirm: false, cancelRequested: false }),
    ).toThrow('Steps are left that nothing can start');
  });

  it('is nothing new once somebody wants it cancelled', () => {
    expect(
      decide({
        steps: [
          {
            id: 'a',
            component: 'a',
            action: 'plan',
            state: 'running',
            after: [],
          },
          {
            id: 'b',
            component: 'b',
            action: 'plan',
            state: 'waiting',
            after: [],
          },
        ],
        confirm: false,
        cancelRequested: true,
      }),
    ).toMatchObject({ move: 'skip', steps: [{ id: 'b' }] });
  });
});

describe('taking an operation over', () => {
  const states = fc.constantFrom<StepState>(
    'waiting',
    'running',
    'succeeded',
    'unchanged',
    'failed',
    'skipped',
  );

  it('never repeats an apply without planning its component first', () => {
    fc.assert(
      fc.property(
        operations,
        fc.array(states, { minLength: 20, maxLength: 20 }),
        (steps, given) => {
          steps.forEach((step, at) => {
            step.state = given[at % given.length];
          });
          const repeated = new Set(stepsToRepeat(steps));
          expect(
            steps.filter(isRunning).every(step => repeated.has(step)),
          ).toBe(true);
          const applies = steps.filter(
            step =>
              step.action === 'apply' &&
              (repeated.has(step) || step.state === 'waiting'),
          );
          const planned = applies
            .map(({ component }) =>
              steps.find(
                step => step.component === component && step.action === 'plan',
              )!,
            )
            .filter(({ state }) => state === 'succeeded');
          expect(planned.filter(plan => !repeated.has(plan))).toEqual([]);
        },
      ),
    );
  });

  it('plans nothing again whose apply has ended, or never was to come', () => {
    const plan: Pick<StepFacts, 'action' | 'state' | 'after'> = {
      action: 'plan',
      state: 'succeeded',
      after: [],
    };
    const steps: StepFacts[] = [
      { ...plan, id: '1', component: 'applied' },
      { ...plan, id: '2', component: 'applied', action: 'apply' },
      { ...plan, id: '3', component: 'removed' },
      {
        ...plan,
        id: '4',
        component: 'removed',
        action: 'destroy',
        state: 'running',
      },
    ];
    expect(stepsToRepeat(steps).map(({ id }) => id)).toEqual(['4']);
  });

  it('leaves alone what has come to a result', () => {
    fc.assert(
      fc.property(
        operations,
        fc.array(states, { minLength: 20, maxLength: 20 }),
        (steps, given) => {
          steps.forEach((step, at) => {
            step.state = given[at % given.length];
          });
          const wrong = stepsToRepeat(steps).filter(
            ({ state, action }) =>
              state !== 'running' &&
              !(state === 'succeeded' && action === 'plan'),
          );
          expect(wrong).toEqual([]);
        },
      ),
    );
  });
});
