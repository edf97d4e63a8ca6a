import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { environmentUpdatePermission } from '@greenroom/plugin-environments-common';
import { addSeconds } from '../../clock';
import { ONE_COMPONENT_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { testKeyring } from '../../testing/keyring';
import { MIRA, startTestEngine, TestEngine } from '../../testing/engine';

const HOUR = 3600;
const BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'name: single',
  'name: warned',
).replace(
  'default: 2m',
  'default: 2d, max: 60h, warnBefore: [1h], extensions: {max: 5, by: 8h}',
);

describe('the link of a warning', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let id: string;
  let name: string;
  let end: Date;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    await engine.blueprints.publish(BLUEPRINT);
    const { environment } = await engine.create({
      blueprint: 'warned',
      inputs: {},
    });
    await engine.work();
    ({ id, name } = environment);
    end = new Date(environment.lease.expiresAt!);
  });
  afterEach(() => engine.stop());

  /** An hour before the end, and the token of the link that was sent. */
  async function warned(): Promise<string> {
    const { rooms, clock } = engine;
    clock.goTo(addSeconds(end, -HOUR));
    await rooms.warningSweep.tick(clock.now());
    await rooms.warningTelling.tick(clock.now());
    const { link = '' } = engine.notices[0].payload;
    return link.replace('/environments/extend/', '');
  }
  const look = (token: string) => engine.rooms.extendOffers.look(token, MIRA);
  const use = (token: string) => engine.rooms.extendOffers.use(token, MIRA);
  const lease = () => engine.rooms.leaseReader.get(id, MIRA);
  const problem = (code: string) => ({
    problems: [expect.objectContaining({ code })],
  });

  it('says what would be, and changes nothing however often it is opened', async () => {
    const token = await warned();
    const before = await lease();
    await look(token);
    expect(await look(token)).toEqual({
      environmentId: id,
      environmentName: name,
      seconds: 8 * HOUR,
      reason: "2 d, the blueprint's default",
      onExpiry: 'destroy',
      expiresAt: end.toISOString(),
      expiresAfter: addSeconds(end, 8 * HOUR).toISOString(),
      components: [{ id: 'site', resources: 1 }],
    });
    expect(await lease()).toEqual(before);
    expect(engine.notices[0].payload.description).toContain(
      'before it extends the lease by 8 h',
    );
  });

  it('extends once, and then says who did, when and by how much', async () => {
    const token = await warned();
    const { lease: extended } = await use(token);
    const until = addSeconds(end, 8 * HOUR).toISOString();
    expect(extended).toMatchObject({ expiresAt: until, extensionsUsed: 1 });
    const at = engine.clock.now().toISOString();
    engine.clock.advance(60);
    await expect(use(token)).rejects.toMatchObject(problem('lease.link.used'));
    expect(await look(token)).toMatchObject({
      expiresAt: until,
      problem: {
        code: 'lease.link.used',
        message: `The link works once, and the end has moved since: user:default/mira extended by 8 h: by the link of a warning at ${at}. It ends at ${until}.`,
      },
    });
    // Not even when the end is where it was.
    await engine.rooms.leaseCommands.shorten(id, { by: '8h' }, MIRA);
    await expect(use(token)).rejects.toMatchObject(problem('lease.link.used'));
    expect(await lease()).toMatchObject({ extensionsUsed: 1 });
  });

  it('extends once when it is used many times at once', async () => {
    const token = await warned();
    const answers = await Promise.allSettled(
      [1, 2, 3, 4].map(() => use(token)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      1,
    );
    expect(await lease()).toMatchObject({ extensionsUsed: 1 });
  });

  it('refuses those who may not extend, and shows them why', async () => {
    const token = await warned();
    engine.policy.byPermission[environmentUpdatePermission.name] = {
      result: AuthorizeResult.DENY,
    };
    await expect(use(token)).rejects.toMatchObject({ name: 'NotAllowedError' });
    const offer = await look(token);
    expect(offer.expiresAfter).toBeUndefined();
    expect(offer.problem).toBeDefined();
  });

  it('refuses those whom it was not sent to', async () => {
    await engine.knex('environments').update({
      owner_ref: 'group:default/other',
      created_by: 'user:default/o',
    });
    const token = await warned();
    await expect(look(token)).rejects.toMatchObject(
      problem('lease.link.not-yours'),
    );
    await expect(use(token)).rejects.toMatchObject(
      problem('lease.link.not-yours'),
    );
  });

  it('is refused when somebody has made or changed it', async () => {
    const token = await warned();
    const changed = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const wrong of [changed, '', 'x']) {
      await expect(use(wrong)).rejects.toMatchObject(
        problem('lease.link.invalid'),
      );
    }
    const elsewhere = testKeyring
      .seal(Buffer.from('{}'), 'state')
      .toString('base64url');
    await expect(use(elsewhere)).rejects.toMatchObject(
      problem('lease.link.invalid'),
    );
  });

  it('ends with the lease', async () => {
    const token = await warned();
    engine.clock.goTo(end);
    await engine.rooms.sweep.tick(end);
    await expect(use(token)).rejects.toMatchObject(problem('lease.ending'));
    expect(await look(token)).toMatchObject({
      problem: { code: 'lease.ending' },
    });
  });

  it('is none at the maximum, and the message says why', async () => {
    await engine.rooms.leaseCommands.extend(id, { by: '8h' }, MIRA);
    await engine.rooms.leaseCommands.extend(id, { by: '4h' }, MIRA);
    end = addSeconds(end, 12 * HOUR);
    expect(await warned()).toBe(`/environments/e/${name}`);
    expect(engine.notices[0].payload.description).toContain(
      'It can not be extended: Its end',
    );
  });

  it('offers no more than is left up to the maximum', async () => {
    await engine.rooms.leaseCommands.extend(id, { by: '7h' }, MIRA);
    end = addSeconds(end, 7 * HOUR);
    expect(await look(await warned())).toMatchObject({
      seconds: 5 * HOUR,
      expiresAfter: addSeconds(end, 5 * HOUR).toISOString(),
    });
  });
});
