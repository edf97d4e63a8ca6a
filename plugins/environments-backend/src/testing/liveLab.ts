import { Knex } from 'knex';
import {
  DriverError,
  EnvironmentDriver,
} from '@greenroom/plugin-environments-node';
import {
  FaultDriver,
  FaultLiveScript,
} from '@greenroom/plugin-environments-node/contract-kit';
import { MIRA, startTestEngine } from './engine';

export const SECRET = 'correct horse/battery';

/** Two components that a system looks after, one of which gets secrets, and one that none does. */
const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: live, title: Live}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    required: [password]
    properties:
      password: {type: string, minLength: 8, ui:field: Secret}
  components:
    database: {driver: fault, source: ./database, with: {size: small}}
    app:
      driver: fault
      source: ./app
      with: {color: red, url: 'db://admin:\${{ inputs.password }}@db'}
      pause: {with: {color: none}}
    files: {driver: blind, source: ./files, with: {}}
  outputs: {}
  ttl: {default: 1h}
`;

/** A driver with nothing that looks after what it makes. */
function blind(driver: FaultDriver): EnvironmentDriver {
  return {
    id: 'blind',
    validate: context => driver.validate(context),
    plan: (context, purpose) => driver.plan(context, purpose),
    apply: (context, hash) => driver.apply(context, hash),
    destroy: context => driver.destroy(context),
    prove: context => driver.prove(context),
  };
}

/** The system says itself that it can't. */
export const fails = (message: string): FaultLiveScript => ({
  asked: () => {
    throw new DriverError({ code: 'fault.away', message, remedy: message });
  },
});

/** The driver has a bug. */
export const breaks: FaultLiveScript = {
  asked: () => {
    throw new TypeError(`a bug with ${SECRET}`);
  },
};

export type LiveLab = Awaited<ReturnType<typeof startLiveLab>>;

/** An engine with one environment that systems look after, and what is asked of those. */
export async function startLiveLab(knex: Knex) {
  const engine = await startTestEngine(knex, {
    drivers: [blind(new FaultDriver({ id: 'blind' }))],
  });
  await engine.blueprints.publish(BLUEPRINT);
  /** The id of an environment that is not made yet. */
  const create = async (name?: string) => {
    const inputs = { password: SECRET };
    const { environment } = await engine.create({
      ...(name && { name }),
      ...{ blueprint: 'live', inputs },
    });
    return environment.id;
  };
  const id = await create('shop');
  await engine.work();

  const { driver, rooms } = engine;
  return {
    engine,
    id,
    create,
    list: () => rooms.live.list(id, MIRA),
    get: (component: string) => rooms.live.get(id, component, MIRA),
    sync: (component = 'app') => rooms.liveCommands.sync(id, component, MIRA),
    rollBack: (to: string) =>
      rooms.liveCommands.rollBack(id, 'app', { to }, MIRA),
    /** Somebody changes the component `app` by hand. */
    drift: () =>
      driver.world.drift(id, 'app', 'fault_thing.app', { color: 'blue' }),
    /** How a component looks from now on. */
    looks: (component: string, live: FaultLiveScript) =>
      driver.script(component, { live }),
    /** What the systems were asked to do. */
    asked: () =>
      driver.live.calls.map(
        ({ action, component }) => `${action} ${component}`,
      ),
    /** What is on record of a component. */
    write: (component: string, columns: object) =>
      engine
        .knex('environment_components')
        .where({ environment_id: id, component })
        .update(columns),
    async run(kind: 'pause' | 'destroy') {
      await engine.submit(id, { kind });
      await engine.work();
    },
  };
}

/** A refusal for one reason. */
export function problem(code: string, more = {}) {
  return { problems: [{ code, ...more }] };
}
