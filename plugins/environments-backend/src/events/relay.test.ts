import { mockServices } from '@backstage/backend-test-utils';
import { useTestDatabases } from '../testing/database';
import { startTestEngine, TestEngine } from '../testing/engine';
import { Outbox } from './outbox';
import { OutboxRelay } from './relay';

describe('telling of changes', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  const events = mockServices.events.mock();
  const signals = { publish: jest.fn() };

  beforeEach(async () => {
    jest.resetAllMocks();
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => engine.stop());

  const relay = () =>
    new OutboxRelay({
      knex: engine.knex,
      outbox: new Outbox({ clock: engine.clock }),
      events,
      signals,
      logger: mockServices.logger.mock(),
    });

  async function createAndRun() {
    const { environment } = await engine.create({
      name: 'told',
      blueprint: 'single',
      inputs: {},
    });
    await engine.work();
    // The engine's own relay may have been quicker, and told nobody.
    await engine.rooms.relay.stop();
    await engine.knex('outbox').delete();
    const outbox = new Outbox({ clock: engine.clock });
    for (const state of ['provisioning', 'running'] as const) {
      await outbox.add(engine.knex, {
        environmentId: environment.id,
        name: 'told',
        state,
      });
    }
    return environment.id;
  }

  it('gives every change to the events service, in order, and the ids to the pages', async () => {
    const environmentId = await createAndRun();
    await relay().relay();
    expect(events.publish.mock.calls).toEqual(
      ['provisioning', 'running'].map(state => [
        {
          topic: 'environments.changed',
          eventPayload: { environmentId, name: 'told', state },
        },
      ]),
    );
    expect(signals.publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'environments',
      message: { environmentIds: [environmentId] },
    });
    await relay().relay();
    expect(events.publish).toHaveBeenCalledTimes(2);
  });

  it('tells again what could not be told', async () => {
    await createAndRun();
    events.publish.mockRejectedValueOnce(new Error('nobody listens'));
    await expect(relay().relay()).rejects.toThrow('nobody listens');
    await relay().relay();
    expect(await engine.knex('outbox')).toEqual([]);
    expect(events.publish).toHaveBeenCalledTimes(3);
  });

  it('tells each change once, however many replicas there are', async () => {
    await createAndRun();
    await Promise.all([relay().relay(), relay().relay(), relay().relay()]);
    expect(events.publish).toHaveBeenCalledTimes(2);
  });
});
