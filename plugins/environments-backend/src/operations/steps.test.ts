import fc from 'fast-check';
import {
  OPERATION_KINDS,
  StepState,
} from '@greenroom/plugin-environments-common';
import {
  GraphNode,
  outcomeOf,
  planSteps,
  readySteps,
  StepFacts,
  stepsToRepeat,
  unreachableSteps,
} from './steps';

/** Graphs in an order in which each component follows what it uses. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map(choices =>
    choices.map((uses, index): GraphNode => ({
      id: `c${index}`,
      uses: index === 0 ? [] : [...new Set(uses.map(use => `c${use % index}`))],
    })),
  );

const kinds = fc.constantFrom(...OPERATION_KINDS);

function facts(graph: GraphNode[], kind: (typeof OPERATION_KINDS)[number]) {
  return planSteps(kind, graph).map((draft, position): StepFacts => ({
    id: String(position),
    component: draft.component,
    action: draft.action,
    state: 'waiting',
    after: draft.after.map(String),
  }));
}

/** Runs the steps in any order that is allowed, with those failing that the test names. */
function run(steps: StepFacts[], failing: Set<string>, choose: number[]) {
  const order: StepFacts[] = [];
  for (let turn = 0; ; turn++) {
    for (const step of unreachableSteps(steps)) step.state = 'skipped';
    const ready = readySteps(steps);
    if (ready.length === 0) return order;
    const step = ready[(choose[turn % choose.length] ?? 0) % ready.length];
    step.state = failing.has(step.id) ? 'failed' : 'succeeded';
    order.push(step);
  }
}

const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 12 });

describe('the steps of an operation', () => {
  it('are plan and apply per component for a create, in the order of the graph', () => {
    const steps = planSteps('create', [
      { id: 'database', uses: [] },
      { id: 'app', uses: ['database'] },
    ]);
    expect(steps).toEqual([
      { component: 'database', action: 'plan', after: [] },
      { component: 'database', action: 'apply', after: [0] },
      { component: 'app', action: 'plan', after: [1] },
      { component: 'app', action: 'apply', after: [2] },
    ]);
  });

  it('are destroy and prove per component for a destroy, in reverse', () => {
    const steps = planSteps('destroy', [
      { id: 'database', uses: [] },
      { id: 'app', uses: ['database'] },
    ]);
    expect(steps).toEqual([
      { component: 'app', action: 'destroy', after: [] },
      { component: 'app', action: 'prove', after: [0] },
      { component: 'database', action: 'destroy', after: [1] },
      { component: 'database', action: 'prove', after: [2] },
    ]);
  });

  it('come to an end, whatever fails, and skip exactly what depends on it', () => {
    fc.assert(
      fc.property(
        graphs,
        kinds,
        fc.array(fc.nat()),
        choices,
        (graph, kind, fails, choose) => {
          const steps = facts(graph, kind);
          const failing = new Set(
            fails.map(index => String(index % steps.length)),
          );
          run(steps, failing, choose);
          const failed = steps.filter(step => step.state === 'failed');
          expect(outcomeOf(steps)).toBe(
            failed.length > 0 ? 'failed' : 'succeeded',
          );
          const stateOf = (id: string) => steps[Number(id)].state;
          for (const step of steps) {
            const blocked = step.after.some(id =>
              ['failed', 'skipped'].includes(stateOf(id)),
            );
            expect(step.state === 'skipped').toBe(blocked);
          }
        },
      ),
    );
  });

  it('never remove a component before all that uses it is proven gone', () => {
    fc.assert(
      fc.property(graphs, choices, (graph, choose) => {
        const order = run(facts(graph, 'destroy'), new Set(), choose);
        const at = (component: string, action: string) =>
          order.findIndex(
            step => step.component === component && step.action === action,
          );
        for (const node of graph) {
          for (const used of node.uses) {
            expect(at(node.id, 'prove')).toBeLessThan(at(used, 'destroy'));
          }
        }
      }),
    );
  });

  it('are repeated after a crash so that no apply goes without a new plan', () => {
    fc.assert(
      fc.property(
        graphs,
        fc.array(fc.constantFrom<StepState>('running', 'succeeded')),
        (graph, crashes) => {
          const steps = facts(graph, 'create');
          // Some way into the operation, with several steps under way.
          for (const state of crashes) {
            const [next] = readySteps(steps);
            if (next) next.state = state;
          }
          const repeat = stepsToRepeat(steps);
          for (const step of repeat) step.state = 'waiting';
          expect(steps.some(step => step.state === 'running')).toBe(false);
          const unapplied = steps
            .filter(step => step.action === 'apply')
            .filter(step => step.state === 'waiting')
            .map(step => step.component);
          const unplanned = steps
            .filter(step => step.action === 'plan')
            .filter(step => step.state === 'waiting')
            .map(step => step.component);
          // A plan only, and each: what is applied is neither planned nor applied again.
          expect(unplanned).toEqual(unapplied);
          run(steps, new Set(), [0]);
          expect(outcomeOf(steps)).toBe('succeeded');
        },
      ),
    );
  });

  it('have no outcome while one of them is left', () => {
    const steps = facts([{ id: 'site', uses: [] }], 'create');
    expect(outcomeOf(steps)).toBeUndefined();
    steps[0].state = 'succeeded';
    steps[1].state = 'running';
    expect(outcomeOf(steps)).toBeUndefined();
  });
});
