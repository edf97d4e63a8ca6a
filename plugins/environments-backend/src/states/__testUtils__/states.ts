import { DriverContext } from '@greenroom/plugin-environments-node';
import { TestEngine } from '../../testing/engine';

/** What the tools send, as short as it can be. */
export function stateText(serial: number, extra: object = {}): string {
  return JSON.stringify({ version: 4, serial, lineage: 'line', ...extra });
}

/** So many managed instances, beside what does not count. */
export function resources(count: number): object {
  return {
    resources: [
      { mode: 'data', instances: [{}] },
      { mode: 'managed', instances: Array.from({ length: count }, () => ({})) },
    ],
  };
}

/** Writes one version after the other, as a tool does with what a step was given. */
export async function writeStates(
  engine: TestEngine,
  { state }: Pick<DriverContext, 'state'>,
  bodies: string[],
): Promise<void> {
  const { states } = engine.rooms;
  const id = new URL(state.address).pathname.split('/').at(-1)!;
  const grant = await states.authenticate(id, state.username, state.password);
  await states.lock(grant, { ID: 'lock' });
  for (const body of bodies) {
    await states.write(grant, 'lock', Buffer.from(body));
  }
  await states.unlock(grant, 'lock');
}

/** An environment at rest, whose one component has these versions of its state. */
export async function environmentWithStates(
  engine: TestEngine,
  bodies: string[],
): Promise<{ id: string; operationId: string }> {
  engine.driver.script('site', {
    apply: ({ context }) => writeStates(engine, context, bodies),
  });
  const { environment, operation } = await engine.create({
    blueprint: 'single',
    inputs: {},
  });
  await engine.work();
  return { id: environment.id, operationId: operation.id };
}
