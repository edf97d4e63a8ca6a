import { mockCredentials } from '@backstage/backend-test-utils';
import { addSeconds, momentOf } from '../../clock';
import { momentInWords } from '../../moments';
import { ONE_COMPONENT_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../../testing/engine';
import { TimeRequestStore } from './store';

jest.setTimeout(60_000);

const BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'name: single',
  'name: limited',
).replace('default: 2m', 'default: 1d, max: 3d');
const ADA = mockCredentials.user('user:default/ada');
const OPERATORS = 'group:default/platform';

describe('who is told of requests for more time', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let id: string;
  let name: string;
  let end: Date;
  let reachable: boolean;

  beforeEach(async () => {
    reachable = true;
    engine = await startTestEngine(await databases.create(), {
      onNotice() {
        if (!reachable) throw new Error('The notifications are away');
      },
    });
    await engine.blueprints.publish(BLUEPRINT);
    const { environment } = await engine.create({
      blueprint: 'limited',
      inputs: {},
    });
    await engine.work();
    ({ id, name } = environment);
    end = momentOf(environment.lease.expiresAt!);
  });
  afterEach(() => engine.stop());

  const service = () => engine.rooms.moreTime;
  const ask = async () => {
    const { lease } = await service().ask(
      id,
      { by: '5d', reason: 'the demo is on Monday' },
      MIRA,
    );
    return lease.moreTime!.id;
  };
  const tell = () => engine.rooms.moreTimeTelling.tick(engine.clock.now());
  /** As three replicas do beside each other, over and over. */
  const everybody = async () => {
    for (let round = 0; round < 2; round += 1) {
      await Promise.all([tell(), tell(), tell()]);
      engine.clock.advance(61);
    }
  };
  const told = () =>
    engine.notices.map(({ recipients, payload }) => [
      recipients.type === 'entity' ? recipients.entityRef : [],
      payload.title,
    ]);

  it('those who may answer, once over all replicas, then whoever asked', async () => {
    const request = await ask();
    await everybody();
    const asking = `user:default/mira asks for more time for ${name}`;
    expect(told()).toEqual([[[OPERATORS], asking]]);
    expect(engine.notices[0].payload).toMatchObject({
      link: `/environments/e/${name}?tab=lease`,
      severity: 'high',
      topic: 'environments.lease',
      scope: `environments.lease.more-time:${request}`,
    });
    const { description } = engine.notices[0].payload;
    expect(description).toContain(
      `${momentInWords(addSeconds(end, 5 * 86_400))}: the demo is on Monday`,
    );
    expect(description).toContain('the latest that this blueprint allows');
    expect(description).toContain(`It ends on ${momentInWords(end)}`);

    await service().approve(id, { request, reason: 'go on' }, ADA);
    await everybody();
    expect(told()).toEqual([
      [[OPERATORS], asking],
      [
        ['user:default/mira'],
        `${name} goes on: what you asked for is approved`,
      ],
    ]);
    expect(engine.notices[1].payload.description).toMatch(
      /^user:default\/ada approved it: .* go on$/,
    );
  });

  it('whoever asked, of the words by which it was declined', async () => {
    const request = await ask();
    await service().decline(id, { request, reason: 'too dear' }, ADA);
    await everybody();
    // Of what is answered already, nobody needs to be asked.
    expect(told()).toEqual([
      [['user:default/mira'], `${name} gets no more time`],
    ]);
    expect(engine.notices[0].payload.description).toContain('too dear');
  });

  it('whoever asked, that it came too late', async () => {
    await ask();
    await everybody();
    engine.clock.goTo(addSeconds(end, 1));
    await engine.rooms.sweep.tick(engine.clock.now());
    await engine.rooms.moreTimeLapse.tick(engine.clock.now());
    await everybody();
    expect(told()[1]).toEqual([
      ['user:default/mira'],
      `More time for ${name} is not asked for any more`,
    ]);
  });

  it('nobody of what is withdrawn before they were told, nor afterwards', async () => {
    const request = await ask();
    await service().withdraw(id, { request }, MIRA);
    await everybody();
    expect(told()).toEqual([]);
  });

  it('later, while the notifications are away', async () => {
    reachable = false;
    await ask();
    await everybody();
    expect(told()).toEqual([]);
    expect(engine.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(`request for more time of environment ${id}`),
      expect.anything(),
    );
    reachable = true;
    engine.clock.advance(3600);
    await everybody();
    expect(told()).toHaveLength(1);
  });

  it('of an answer that came while they were being told of the request', async () => {
    const request = await ask();
    const store = new TimeRequestStore();
    const now = engine.clock.now();
    const [untold] = await store.takeUntold(engine.knex, now, 1);
    await service().approve(id, { request }, ADA);
    await store.told(engine.knex, untold);
    await everybody();
    expect(told()).toEqual([
      [['user:default/mira'], expect.stringContaining('is approved')],
    ]);
  });
});
