import fc from 'fast-check';
import {
  ComponentNode,
  OPERATION_KINDS,
} from '@greenroom/plugin-environments-common';
import {
  everyOperationCanEnd,
  FinalStates,
  INVARIANTS,
} from './__testUtils__/invariants';
import { Machine, StepEnding } from './__testUtils__/machine';

const COMPONENTS = ['a', 'b', 'c', 'd'];

/** What one version of a blueprint wants, in any order that its own uses allow. */
const versions: fc.Arbitrary<ComponentNode[]> = fc
  .shuffledSubarray(COMPONENTS, { minLength: 1 })
  .chain(ids =>
    fc
      .array(
        fc.record({
          uses: fc.array(fc.nat(), { maxLength: 2 }),
          pausable: fc.boolean(),
          other: fc.integer({ min: 0, max: 40 }),
        }),
        { minLength: ids.length, maxLength: ids.length },
      )
      .map(choices =>
        choices.map(({ uses, pausable, other }, index) => ({
          id: ids[index],
          driver: other === 0 ? 'argocd' : 'terraform',
          source: `./${ids[index]}`,
          pausable,
          uses: index === 0 ? [] : usesAmong(ids.slice(0, index), uses),
        })),
      ),
  );

function usesAmong(ids: string[], choices: number[]): ComponentNode['uses'] {
  const used = new Set(choices.map(choice => ids[choice % ids.length]));
  return [...used].map(component => ({ component, outputs: ['url'] }));
}

const endings: fc.Arbitrary<StepEnding> = fc.record({
  good: fc.boolean(),
  extent: fc.constantFrom(0, 1, 2),
});
const submissions = fc.record({
  kind: fc.constantFrom(...OPERATION_KINDS),
  version: fc.nat({ max: 2 }),
  dryRun: fc.integer({ min: 0, max: 4 }).map(each => each === 0),
  confirm: fc.boolean(),
  queue: fc.boolean(),
});
const which = fc.nat({ max: 3 });
const ONCE = { dryRun: false, confirm: false, queue: false };

/** One thing that happens; fast-check tells of it by its name. */
class Command {
  constructor(
    private readonly name: string,
    readonly run: (machine: Machine) => void,
  ) {}

  [fc.toStringMethod](): string {
    return this.name;
  }
}

const named = (name: string, run: (machine: Machine) => void) =>
  fc.constant(new Command(name, run));

const submits = submissions.map(
  submission =>
    new Command(`submit ${JSON.stringify(submission)}`, machine =>
      machine.submit(submission),
    ),
);
const destroys = named('destroy', machine =>
  machine.submit({ ...ONCE, kind: 'destroy', version: 0 }),
);
const retries = which.map(
  index =>
    new Command(`retry ${index}`, machine => {
      const ended = machine.operations.filter(
        ({ state }) => state === 'failed' || state === 'cancelled',
      );
      const last = pick(ended, index);
      if (last) machine.submit({ ...last, queue: false });
    }),
);
const rollBacks = which.map(
  index =>
    new Command(`roll back ${index}`, machine => {
      const successes = machine.operations.filter(
        ({ state, kind, dryRun }) =>
          state === 'succeeded' && kind !== 'destroy' && !dryRun,
      );
      const target = pick(successes, index);
      if (!target) return;
      const { version } = target;
      machine.submit({ ...ONCE, kind: 'upgrade', version });
    }),
);
const works = named('work', machine =>
  machine.unfinished.forEach(operation => {
    machine.claim(operation);
    machine.turn(operation);
  }),
);
const finishes = fc.tuple(which, endings).map(
  ([index, ending]) =>
    new Command(`finish ${index} ${JSON.stringify(ending)}`, machine =>
      machine.unfinished.forEach(operation => {
        const running = operation.steps.filter(
          ({ state }) => state === 'running',
        );
        const step = pick(running, index);
        if (step) machine.finish(operation, step, ending);
      }),
    ),
);
const goesWell = named('finish all well', machine =>
  machine.unfinished.forEach(operation =>
    operation.steps.forEach(step =>
      machine.finish(operation, step, { good: true, extent: 2 }),
    ),
  ),
);
const crashes = endings.map(
  ending =>
    new Command(`crash ${ending.extent}`, machine =>
      machine.unfinished.forEach(operation => machine.crash(operation, ending)),
    ),
);
const cancels = which.map(
  index =>
    new Command(`cancel ${index}`, machine => {
      const operation = pick(machine.unfinished, index);
      if (operation) machine.cancel(operation);
    }),
);
const confirms = named('confirm', machine =>
  machine.unfinished.forEach(operation => machine.confirm(operation)),
);
const expiries = named('expire', machine =>
  machine.unfinished.forEach(operation => machine.expire(operation)),
);
const runsThrough = named('run through', everyOperationCanEnd);

function pick<T>(items: T[], index: number): T | undefined {
  return items[index % Math.max(items.length, 1)];
}

const commands = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: works },
    { weight: 4, arbitrary: goesWell },
    { weight: 8, arbitrary: finishes },
    { weight: 5, arbitrary: submits },
    { weight: 4, arbitrary: runsThrough },
    { weight: 3, arbitrary: crashes },
    { weight: 1, arbitrary: confirms },
    { weight: 3, arbitrary: destroys },
    { weight: 1, arbitrary: retries },
    { weight: 2, arbitrary: rollBacks },
    { weight: 3, arbitrary: cancels },
    { weight: 1, arbitrary: expiries },
  ),
  { maxLength: 60, size: 'max' },
);

describe('the whole machine', () => {
  it('keeps its invariants, whatever happens in whatever order', () => {
    const property = fc.property(
      fc.tuple(versions, versions, versions),
      commands,
      (graphs, sequence) => {
        const machine = new Machine(graphs);
        const finals = new FinalStates();
        const check = () => {
          INVARIANTS.forEach(invariant => invariant(machine));
          finals.check(machine);
        };
        check();
        for (const command of sequence) {
          command.run(machine);
          check();
        }
        everyOperationCanEnd(machine);
        check();
      },
    );
    expect(() => fc.assert(property, { numRuns: 3000 })).not.toThrow();
  });
});
