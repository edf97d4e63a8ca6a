import fc from 'fast-check';
import {
  OPERATION_KINDS,
  OperationKind,
} from '@greenroom/plugin-environments-common';
import { useTestDatabases } from '../../testing/database';
import { startTestEngine, TestEngine } from '../../testing/engine';
import { StepEnding } from './__testUtils__/machine';
import { PostgresMachine } from './__testUtils__/postgresMachine';
import { MachineChecks } from './__testUtils__/sqlInvariants';

jest.setTimeout(120_000);

const VERSIONS = ['1.0.0', '2.0.0', '3.0.0'];

/** Components come, go, turn around, and stand under a condition. */
const BLUEPRINTS = VERSIONS.map((version, index) => {
  const use = (id: string) => `x${id}: '\${{ components.${id}.outputs.url }}'`;
  const components = [
    [
      `a: {driver: fault, source: ./a, with: {}}`,
      `b: {driver: fault, source: ./b, with: {${use('a')}}, pause: {with: {size: 0}}}`,
      `c: {driver: fault, source: ./c, when: '\${{ inputs.extra }}', with: {${use('b')}}}`,
    ],
    [
      `a: {driver: fault, source: ./a, with: {}, pause: {with: {size: 0}}}`,
      `b: {driver: fault, source: ./b, with: {}}`,
      `d: {driver: fault, source: ./d, with: {${use('a')}, ${use('b')}}}`,
    ],
    [
      `d: {driver: fault, source: ./d, with: {}}`,
      `b: {driver: fault, source: ./b, with: {${use('d')}}, pause: {with: {size: 0}}}`,
    ],
  ][index];
  return `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: machine, title: Machine}
spec:
  type: sandbox
  owner: group:default/platform
  version: ${version}
  inputs: {type: object, properties: {extra: {type: boolean, default: false}}}
  components:
    ${components.join('\n    ')}
  outputs: {}
  ttl: {default: 2m}
`;
});

class Command {
  constructor(
    private readonly name: string,
    readonly run: (machine: PostgresMachine) => Promise<void>,
  ) {}

  [fc.toStringMethod](): string {
    return this.name;
  }
}

const named = (name: string, run: Command['run']) =>
  fc.constant(new Command(name, run));
const which = fc.nat({ max: 3 });
const endings: fc.Arbitrary<StepEnding> = fc.record({
  good: fc.boolean(),
  extent: fc.constantFrom(0, 1, 2),
});
const GOOD: StepEnding = { good: true, extent: 2 };
const ONCE = { version: 0, dryRun: false, confirm: false, queue: false };

/** Does it for each operation that has not ended. */
function forAll(
  act: (
    machine: PostgresMachine,
    operation: Awaited<ReturnType<PostgresMachine['unfinished']>>[number],
  ) => Promise<unknown>,
): Command['run'] {
  return async machine => {
    for (const operation of await machine.unfinished()) {
      await act(machine, operation);
    }
  };
}

const submits = fc
  .record({
    kind: fc.constantFrom<OperationKind>(...OPERATION_KINDS, 'upgrade'),
    version: fc.nat({ max: 2 }),
    dryRun: fc.integer({ min: 0, max: 4 }).map(each => each === 0),
    confirm: fc.boolean(),
    queue: fc.boolean(),
  })
  .map(
    submission =>
      new Command(`submit ${JSON.stringify(submission)}`, machine =>
        machine.submit(submission),
      ),
  );
const works = named(
  'work',
  forAll(async (machine, operation) => {
    await machine.claim(operation);
    await machine.turn(operation);
  }),
);
const finish = (ending: StepEnding, all: boolean) =>
  forAll(async (machine, operation) => {
    const steps = await machine.stepsOf(operation);
    const running = steps.filter(({ state }) => state === 'running');
    for (const step of all ? running : running.slice(0, 1)) {
      await machine.finish(operation, step, ending);
    }
  });
const runsThrough: Command['run'] = async machine => {
  for (let round = 0; (await machine.unfinished()).length > 0; round++) {
    if (round > 300) throw new Error('An operation does not end');
    await forAll(async (_, operation) => {
      await machine.claim(operation);
      await machine.turn(operation);
      await machine.confirm(operation);
    })(machine);
    await finish(GOOD, true)(machine);
  }
};

const commands = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: works },
    { weight: 4, arbitrary: named('finish all well', finish(GOOD, true)) },
    {
      weight: 6,
      arbitrary: endings.map(
        ending =>
          new Command(
            `finish ${JSON.stringify(ending)}`,
            finish(ending, false),
          ),
      ),
    },
    { weight: 6, arbitrary: submits },
    { weight: 4, arbitrary: named('run through', runsThrough) },
    {
      weight: 3,
      arbitrary: endings.map(
        ending =>
          new Command(
            `crash ${ending.extent}`,
            forAll((machine, operation) => machine.crash(operation, ending)),
          ),
      ),
    },
    {
      weight: 2,
      arbitrary: named('destroy', machine =>
        machine.submit({ ...ONCE, kind: 'destroy' }),
      ),
    },
    {
      weight: 2,
      arbitrary: which.map(
        index =>
          new Command(`cancel ${index}`, async machine => {
            const all = await machine.unfinished();
            const operation = all[index % Math.max(all.length, 1)];
            if (operation) await machine.cancel(operation);
          }),
      ),
    },
    {
      weight: 1,
      arbitrary: named(
        'take over',
        forAll((machine, operation) => machine.takeOver(operation)),
      ),
    },
    { weight: 1, arbitrary: named('wake up late', m => m.wakeUpLate()) },
    {
      weight: 1,
      arbitrary: named(
        'confirm',
        forAll((machine, operation) => machine.confirm(operation)),
      ),
    },
    {
      weight: 1,
      arbitrary: named('expire', machine => machine.expireConfirmations()),
    },
  ),
  { maxLength: 40, size: 'max' },
);

describe('the whole machine on PostgreSQL', () => {
  let engine: TestEngine;
  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
    for (const text of BLUEPRINTS) await engine.blueprints.publish(text);
  });

  it('keeps its invariants, whatever happens in whatever order', async () => {
    const property = fc.assert(
      fc.asyncProperty(commands, async sequence => {
        const { environment } = await engine.create({
          blueprint: 'machine',
          version: VERSIONS[0],
          inputs: {},
        });
        const machine = new PostgresMachine(engine, environment.id, VERSIONS);
        const checks = new MachineChecks(engine.knex, machine);
        await checks.run();
        for (const command of sequence) {
          await command.run(machine);
          await checks.run();
        }
        await runsThrough(machine);
        await machine.wakeUpLate();
        await checks.run();
      }),
      { numRuns: 15, endOnFailure: true },
    );
    await expect(property).resolves.toBeUndefined();
  });
});
