import {
  FaultScript,
  fails,
} from '@greenroom/plugin-environments-node/contract-kit';
import { Orphan, OrphanState } from '@greenroom/plugin-environments-common';
import { MIRA, startTestEngine, TestEngine } from '../../testing/engine';

export const CANNOT_DESTROY: FaultScript = {
  destroy: fails({ code: 'cloud.denied', message: 'The cloud says no.' }),
};

/** An engine whose only component `site` fails to be destroyed, as long as its script says so. */
export interface FailingTeardowns {
  engine: TestEngine;
  /** An environment that runs, with its id. */
  create(): Promise<string>;
  /** Somebody asks for a destroy, and it is carried to its end. */
  destroy(id: string): Promise<void>;
  /** Lets the time pass that is left until the next attempt, and carries that to its end. */
  retry(): Promise<void>;
  sweep(): Promise<number>;
  orphans(state?: OrphanState[]): Promise<Orphan[]>;
  row(id: string): Promise<{ failures: number; escalated_at: Date | null }>;
}

export async function startFailingTeardowns(
  knex: TestEngine['knex'],
): Promise<FailingTeardowns> {
  const engine = await startTestEngine(knex);
  const { rooms, clock } = engine;
  engine.driver.script('site', CANNOT_DESTROY);
  const sweep = () => rooms.teardownSweep.tick(clock.now());
  return {
    engine,
    sweep,
    async create() {
      const { environment } = await engine.create({
        blueprint: 'single',
        inputs: {},
      });
      await engine.work();
      return environment.id;
    },
    async destroy(id) {
      await engine.submit(id, { kind: 'destroy' });
      await engine.work();
    },
    async retry() {
      const [{ at }] = await knex('teardowns').min('next_attempt_at as at');
      clock.advance((at.getTime() - clock.now().getTime()) / 1000);
      await sweep();
      await engine.work();
    },
    async orphans(state) {
      return (await rooms.orphans.list({ state }, MIRA)).items;
    },
    row: id => knex('teardowns').where({ environment_id: id }).first(),
  };
}
