import fc from 'fast-check';
import { addSeconds } from '../clock';
import { problemsOf } from '../errors';
import { LAB_BLUEPRINT, LAB_SCRIPTS } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';
import { LeaseCommand, leaseCommands } from './__testUtils__/commands';

jest.setTimeout(120_000);

const RUNS = 12;

describe('leases and their ledgers', () => {
  let engine: TestEngine;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
    await engine.blueprints.publish(
      LAB_BLUEPRINT.replace(
        'default: 1h',
        'default: 1d, max: 5d, extensions: {max: 4}, onExpiry: pause, grace: 1h',
      ),
    );
    for (const [component, script] of Object.entries(LAB_SCRIPTS)) {
      engine.driver.script(component, script);
    }
  });

  /** As people and sweeps do it; what the rules refuse is no matter here. */
  async function perform(id: string, command: LeaseCommand): Promise<void> {
    const { leaseCommands: move, leaseSafeguards: guard } = engine.rooms;
    const now = engine.clock.advance(command.after);
    const reason = { reason: 'any' };
    switch (command.kind) {
      case 'extend': {
        const { bySeconds, override } = command;
        const request = { ...reason, by: `${bySeconds}s`, override };
        await move.extend(id, request, MIRA);
        return;
      }
      case 'shorten':
        await move.shorten(id, { by: `${command.bySeconds}s` }, MIRA);
        return;
      case 'hold': {
        const until = addSeconds(now, command.seconds).toISOString();
        await guard.hold(id, { ...reason, until }, MIRA);
        return;
      }
      case 'release':
      case 'protect':
      case 'unprotect':
        await guard[command.kind](id, reason, MIRA);
        return;
      case 'sweep':
        await engine.rooms.sweep.tick(now);
        await engine.work();
        return;
      default:
        command satisfies never;
    }
  }

  it('agree after whatever happens to them', async () => {
    await fc.assert(
      fc.asyncProperty(leaseCommands, async commands => {
        const { environment } = await engine.create({
          blueprint: 'lab',
          inputs: {},
        });
        await engine.work();
        for (const command of commands) {
          await perform(environment.id, command).catch(error => {
            if (!problemsOf(error)) throw error;
          });
        }
        const { differing } = await engine.rooms.leaseVerifier.next({}, MIRA);
        expect(differing).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    const [{ count }] = await engine
      .knex('lease_entries as later')
      .join('lease_entries as earlier', function inOneLedger() {
        this.on('later.environment_id', 'earlier.environment_id').andOn(
          'later.id',
          '>',
          'earlier.id',
        );
      })
      .whereRaw('later.at < earlier.at')
      .count();
    expect(Number(count)).toBe(0);
  });
});
