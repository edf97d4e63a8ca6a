import { addSeconds } from '../../clock';
import { momentInWords } from '../../moments';
import { MIRA } from '../../testing/engine';
import { ADA, DAY, useLab } from './__testUtils__/lab';
import { TimeRequestStore } from './store';

const OPERATORS = 'group:default/platform';

describe('who is told of requests for more time', () => {
  let reachable = true;
  beforeEach(() => {
    reachable = true;
  });
  const lab = useLab({
    onNotice() {
      if (!reachable) throw new Error('The notifications are away');
    },
  });
  const { service, asked } = lab;

  const tell = () =>
    lab.engine.rooms.moreTimeTelling.tick(lab.engine.clock.now());
  /** As three replicas do beside each other, over and over. */
  const everybody = async () => {
    for (let round = 0; round < 2; round += 1) {
      await Promise.all([tell(), tell(), tell()]);
      lab.engine.clock.advance(61);
    }
  };
  const told = () =>
    lab.engine.notices.map(({ recipients, payload }) => [
      recipients.type === 'entity' ? recipients.entityRef : [],
      payload.title,
    ]);

  it('those who may answer, once over all replicas, then whoever asked', async () => {
    const request = await asked();
    await everybody();
    const asking = `user:default/mira asks for more time for ${lab.name}`;
    expect(told()).toEqual([[[OPERATORS], asking]]);
    expect(lab.engine.notices[0].payload).toMatchObject({
      link: `/environments/e/${lab.name}?tab=lease`,
      severity: 'high',
      topic: 'environments.lease',
      scope: `environments.lease.more-time:${request}`,
    });
    const { description } = lab.engine.notices[0].payload;
    expect(description).toContain(
      `${momentInWords(addSeconds(lab.end, 5 * DAY))}: the demo is on Monday`,
    );
    expect(description).toContain('over the 1 d that this blueprint allows');
    expect(description).toContain(`It ends on ${momentInWords(lab.end)}`);

    await service().approve(lab.id, { request, reason: 'go on' }, ADA);
    await everybody();
    expect(told()).toEqual([
      [[OPERATORS], asking],
      [
        ['user:default/mira'],
        `${lab.name} goes on: what you asked for is approved`,
      ],
    ]);
    expect(lab.engine.notices[1].payload.description).toMatch(
      /^user:default\/ada approved it: .* go on$/,
    );
  });

  it('whoever asked, of the words by which it was declined', async () => {
    const request = await asked();
    await service().decline(lab.id, { request, reason: 'too dear' }, ADA);
    await everybody();
    // Of what is answered already, nobody needs to be asked.
    expect(told()).toEqual([
      [['user:default/mira'], `${lab.name} gets no more time`],
    ]);
    expect(lab.engine.notices[0].payload.description).toContain('too dear');
  });

  it('whoever asked, that it came too late', async () => {
    await asked();
    await everybody();
    lab.engine.clock.goTo(addSeconds(lab.end, 1));
    await lab.engine.rooms.sweep.tick(lab.engine.clock.now());
    await lab.engine.rooms.moreTimeLapse.tick(lab.engine.clock.now());
    await everybody();
    expect(told()[1]).toEqual([
      ['user:default/mira'],
      `More time for ${lab.name} is not asked for any more`,
    ]);
  });

  it('nobody of what is withdrawn before they were told, nor afterwards', async () => {
    const request = await asked();
    await service().withdraw(lab.id, { request }, MIRA);
    await everybody();
    expect(told()).toEqual([]);
  });

  it('later, while the notifications are away', async () => {
    reachable = false;
    await asked();
    await everybody();
    expect(told()).toEqual([]);
    expect(lab.engine.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(`request for more time of environment ${lab.id}`),
      expect.anything(),
    );
    reachable = true;
    lab.engine.clock.advance(3600);
    await everybody();
    expect(told()).toHaveLength(1);
  });

  it('of an answer that came while they were being told of the request', async () => {
    const request = await asked();
    const store = new TimeRequestStore();
    const now = lab.engine.clock.now();
    const [untold] = await store.takeUntold(lab.engine.knex, now, 1);
    await service().approve(lab.id, { request }, ADA);
    await store.told(lab.engine.knex, untold);
    await everybody();
    expect(told()).toEqual([
      [['user:default/mira'], expect.stringContaining('is approved')],
    ]);
  });
});
