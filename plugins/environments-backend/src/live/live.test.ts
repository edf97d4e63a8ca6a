import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { environmentReadPermission } from '@greenroom/plugin-environments-common';
import { useTestDatabases } from '../testing/database';
import { MIRA } from '../testing/engine';
import {
  breaks,
  fails,
  LiveLab,
  problem,
  SECRET,
  startLiveLab,
} from '../testing/liveLab';

const NOBODY = '7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f';
const DENY = { result: AuthorizeResult.DENY } as const;

describe('What runs of an environment', () => {
  const databases = useTestDatabases();
  let lab: LiveLab;

  beforeEach(async () => {
    lab = await startLiveLab(await databases.create());
  });
  afterEach(() => lab.engine.stop());

  describe('as a list', () => {
    it('has the components that a system looks after, in their order', async () => {
      lab.drift();
      expect(await lab.list()).toMatchObject({
        items: [
          {
            component: 'database',
            driver: 'fault',
            name: 'shop-database',
            sync: 'synced',
            health: 'healthy',
          },
          { component: 'app', name: 'shop-app', sync: 'outOfSync' },
        ],
        problems: [],
      });
    });

    it('says which system could not be asked, and tells of the others', async () => {
      lab.looks('app', fails(`Nobody is there with ${SECRET}`));
      expect(await lab.list()).toEqual({
        items: [expect.objectContaining({ component: 'database' })],
        problems: [
          {
            code: 'fault.away',
            message: 'Nobody is there with •••',
            remedy: 'Nobody is there with •••',
          },
        ],
      });
    });

    it('says that a driver broke, with a reference to the log', async () => {
      lab.looks('app', breaks);
      const { items, problems } = await lab.list();
      expect(items).toEqual([]);
      expect(problems).toMatchObject([{ code: 'unexpected' }]);
      const [, reference] = /reference (\S+),/.exec(problems[0].remedy!)!;
      expect(lab.engine.logger.error).toHaveBeenCalledWith(
        expect.stringContaining(reference),
        expect.anything(),
      );
      expect(JSON.stringify(problems)).not.toContain(SECRET);
    });

    it('says that a driver is not installed', async () => {
      await lab.write('files', { driver: 'lost' });
      const { items, problems } = await lab.list();
      expect(items).toHaveLength(2);
      expect(problems).toMatchObject([{ code: 'driver.missing' }]);
    });

    it('is empty for what was destroyed, and nobody is asked', async () => {
      await lab.run('destroy');
      const before = lab.asked();
      expect(await lab.list()).toEqual({ items: [], problems: [] });
      expect(lab.asked()).toEqual(before);
    });

    it('is empty for what was never made, and nobody is asked', async () => {
      const found = await lab.engine.rooms.live.list(await lab.create(), MIRA);
      expect(found).toEqual({ items: [], problems: [] });
      expect(lab.asked()).toEqual([]);
    });
  });

  describe('as one component', () => {
    it('has everything that is seen, with what differs', async () => {
      lab.drift();
      expect(await lab.get('app')).toMatchObject({
        component: 'app',
        driver: 'fault',
        sync: 'outOfSync',
        resources: [{ name: 'fault_thing.app', sync: 'outOfSync' }],
        orphaned: [],
        omittedResources: 0,
        changes: [
          {
            address: 'fault_thing.app',
            action: 'change',
            attributes: [
              { path: 'color', before: 'red', after: 'blue' },
              { path: 'url', before: '•••' },
            ],
          },
        ],
        history: [{ revision: 'revision 1' }],
      });
    });

    it('shows no secret, wherever its system tells of it', async () => {
      const text = `see ${SECRET}`;
      const resource = {
        id: 'one',
        group: '',
        kind: 'Pod',
        namespace: text,
        name: text,
        message: text,
        images: [text],
      };
      const shows = {
        name: text,
        url: `https://there/${encodeURIComponent(SECRET)}`,
        message: text,
        revision: text,
        resources: [resource],
        orphaned: [resource],
        history: [{ id: '1', revision: text, source: text }],
        operation: { phase: 'failed' as const, message: text, revision: text },
      };
      lab.looks('app', { shows });
      const shown = JSON.stringify([await lab.get('app'), await lab.list()]);
      expect(shown.match(/•••/g)!.length).toBeGreaterThan(15);
      expect(shown).not.toMatch(/correct|horse|battery/);
    });

    it('says why it can not be told', async () => {
      lab.looks('app', fails(`Nobody is there with ${SECRET}`));
      await expect(lab.get('app')).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        ...problem('fault.away', { message: 'Nobody is there with •••' }),
      });
      lab.looks('app', breaks);
      await expect(lab.get('app')).rejects.toThrow('A driver has failed');
      await lab.write('app', { driver: 'lost' });
      await expect(lab.get('app')).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        ...problem('driver.missing'),
      });
    });

    it('is one of those that there are', async () => {
      await expect(lab.get('web')).rejects.toMatchObject({
        name: 'NotFoundError',
        ...problem('component.unknown', {
          message: expect.stringContaining('database, app, files'),
        }),
      });
    });

    it('is one that a system looks after', async () => {
      await expect(lab.get('files')).rejects.toMatchObject({
        name: 'ConflictError',
        ...problem('live.unseen', {
          component: 'files',
          message: expect.stringContaining('its driver "blind"'),
        }),
      });
    });

    it('is one that is there', async () => {
      lab.engine.driver.world.drift(lab.id, 'app', 'fault_thing.app');
      expect(await lab.get('app')).toMatchObject({ health: 'missing' });
      const other = await lab.create();
      await lab.engine
        .knex('environment_components')
        .where({ environment_id: other })
        .update({ apply_begun: true });
      await expect(
        lab.engine.rooms.live.get(other, 'app', MIRA),
      ).rejects.toMatchObject(problem('live.not-there'));
      await lab.engine.work();
      await lab.run('destroy');
      await expect(lab.get('app')).rejects.toMatchObject({
        name: 'NotFoundError',
        ...problem('live.not-there'),
      });
    });
  });

  it('is nothing to those who may not see it, nor is what was only tried', async () => {
    const hidden = problem('environment.not-found');
    const none = [
      () => lab.engine.rooms.live.list(NOBODY, MIRA),
      () => lab.engine.rooms.live.get(NOBODY, 'app', MIRA),
      () => lab.engine.rooms.liveCommands.sync(NOBODY, 'app', MIRA),
    ];
    for (const call of none) {
      await expect(call()).rejects.toMatchObject(hidden);
    }
    const environment = lab.engine.knex('environments').where({ id: lab.id });
    await environment.clone().update({ trial: true });
    await expect(lab.list()).rejects.toMatchObject(hidden);
    await environment.clone().update({ trial: false });
    lab.engine.policy.byPermission[environmentReadPermission.name] = DENY;
    for (const call of [
      lab.list,
      () => lab.get('app'),
      lab.sync,
      () => lab.rollBack('1'),
    ]) {
      await expect(call()).rejects.toMatchObject(hidden);
    }
    expect(lab.asked()).toEqual([]);
  });
});
