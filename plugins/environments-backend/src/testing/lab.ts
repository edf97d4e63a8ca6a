import { Knex } from 'knex';
import {
  Environment,
  JsonObject,
  Operation,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import { ScheduleSettings } from '../schedules/settings';
import { RoomsOptions } from '../rooms';
import { LAB_BLUEPRINT, LAB_SCRIPTS } from './blueprints';
import { MIRA, startTestEngine, TestEngine } from './engine';

/** An engine with one environment of the lab blueprint, to which things are done. */
export interface Lab {
  engine: TestEngine;
  id: string;
  get(): Promise<Environment>;
  /** State of each component by its name. */
  states(): Promise<Record<string, string>>;
  operation(id: string): Promise<Operation>;
  /** Carries an operation as far as it goes, and says what the driver was asked for meanwhile. */
  run(
    request: SubmitOperationRequest,
  ): Promise<{ operation: Operation; calls: string[] }>;
  /** The driver's calls while something is done. */
  callsDuring(use: () => Promise<unknown>): Promise<string[]>;
  world(component: string): ReturnType<TestEngine['driver']['world']['look']>;
  /** Somebody changes a component by hand. */
  drift(component: string, attributes?: JsonObject): void;
}

export async function startLab(
  knex: Knex,
  {
    made = true,
    schedules,
    blueprint = LAB_BLUEPRINT,
    urlReader,
  }: {
    made?: boolean;
    schedules?: ScheduleSettings;
    /** In place of the lab's own, with its name and components. */
    blueprint?: string;
    urlReader?: RoomsOptions['urlReader'];
  } = {},
): Promise<Lab> {
  const engine = await startTestEngine(knex, { schedules, urlReader });
  const { driver, rooms } = engine;
  await engine.blueprints.publish(blueprint);
  for (const [component, script] of Object.entries(LAB_SCRIPTS)) {
    driver.script(component, script);
  }
  const { environment } = await engine.create({ blueprint: 'lab', inputs: {} });
  const { id } = environment;
  if (made) await engine.work();

  const callsDuring: Lab['callsDuring'] = async use => {
    const before = driver.calls.length;
    await use();
    return driver.calls
      .slice(before)
      .map(({ action, component }) => `${action} ${component}`);
  };
  const get = () => rooms.environments.get(id, MIRA);
  const operation = (operationId: string) =>
    rooms.operations.get(operationId, MIRA);
  return {
    engine,
    id,
    get,
    operation,
    callsDuring,
    async states() {
      const { components } = await get();
      return Object.fromEntries(
        components.map(({ id: name, state }) => [name, state]),
      );
    },
    async run(request) {
      const submitted = await engine.submit(id, request);
      const calls = await callsDuring(() => engine.work());
      return { operation: await operation(submitted.id), calls };
    },
    world: component => driver.world.look(id, component),
    drift: (component, attributes = { color: 'by hand' }) =>
      driver.world.drift(id, component, `fault_thing.${component}`, attributes),
  };
}

/** Component, action and state of each step, in one line each. */
export function stepLines({ steps }: Operation): string[] {
  return steps.map(
    ({ component, action, state }) => `${action} ${component}: ${state}`,
  );
}
