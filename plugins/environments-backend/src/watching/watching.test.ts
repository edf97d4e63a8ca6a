import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { environmentReadPermission } from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import { addSeconds } from '../clock';
import { useTestDatabases } from '../testing/database';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../testing/engine';

const MIRA_REF = 'user:default/mira';
const JON_REF = 'user:default/jon';
const PAYMENTS = 'group:default/payments';
const JON = mockCredentials.user(JON_REF);
const DENY = { result: AuthorizeResult.DENY } as const;

function person(name: string, ...groups: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name },
    relations: groups.map(group => ({
      type: 'memberOf',
      targetRef: `group:default/${group}`,
    })),
  };
}

describe('who watches an environment', () => {
  const databases = useTestDatabases();
  let people: Entity[];
  let outage = false;
  let engine: TestEngine;
  let id: string;
  let end: Date;

  beforeEach(async () => {
    people = [person('jon', 'payments'), person('mira', 'checkout')];
    engine = await startTestEngine(await databases.create(), {
      catalog: {
        getEntitiesByRefs: async (request, options) => {
          if (outage) throw new Error('The catalog is away');
          const catalog = catalogServiceMock({ entities: people });
          return catalog.getEntitiesByRefs(request, options);
        },
      },
    });
    const { environment } = await engine.create();
    await engine.work();
    id = environment.id;
    end = new Date(environment.lease.expiresAt!);
  });
  afterEach(() => engine.stop());

  const watch = (credentials: BackstageCredentials = JON) =>
    engine.rooms.watching.watch(id, credentials);
  const unwatch = () => engine.rooms.watching.unwatch(id, JON);
  const shown = async () =>
    (await engine.rooms.environments.get(id, MIRA)).watchers?.map(
      ({ watcher }) => watcher,
    );
  /** What the policy says of reading from now on. */
  const mayRead = (decision: PolicyDecision) => {
    engine.policy.byPermission[environmentReadPermission.name] = decision;
  };
  const ofOwner = (claims: string[]) =>
    createEnvironmentConditionalDecision(
      environmentReadPermission,
      environmentConditions.isOwner({ claims }),
    );
  /** Ten minutes before the end, which has a warning. */
  async function warn() {
    engine.clock.goTo(addSeconds(end, -600));
    await engine.rooms.warningSweep.tick(engine.clock.now());
    await engine.rooms.warningTelling.tick(engine.clock.now());
    const { items } = await engine.rooms.leaseReader.entries(id, {}, MIRA);
    return {
      told: engine.notices.map(({ recipients }) => recipients),
      record: items[0].reason,
    };
  }
  const to = (...entityRef: string[]) => [{ type: 'entity', entityRef }];

  it('is told of the end of its lease, as owner and creator are', async () => {
    await watch();
    expect(await warn()).toEqual({
      told: to(OWNER, MIRA_REF, JON_REF),
      record: `Sent to ${OWNER} and ${MIRA_REF} and ${JON_REF}`,
    });
  });

  it('is told once, also who asked for it', async () => {
    await watch(MIRA);
    expect((await warn()).told).toEqual(to(OWNER, MIRA_REF));
  });

  it('is told no more after they have stopped', async () => {
    await watch();
    await unwatch();
    expect((await warn()).told).toEqual(to(OWNER, MIRA_REF));
  });

  describe('is not told without the right to see it', () => {
    const NOT_TOLD = {
      told: to(OWNER, MIRA_REF),
      record: `Sent to ${OWNER} and ${MIRA_REF}; not to ${JON_REF}, whose rights have changed since they began to watch it`,
    };

    it('which goes with what it belongs to', async () => {
      mayRead(ofOwner([OWNER, PAYMENTS]));
      await watch();
      mayRead({ result: AuthorizeResult.ALLOW });
      const owner_ref = 'group:default/other';
      await engine.knex('environments').where({ id }).update({ owner_ref });
      const { told, record } = await warn();
      expect(told).toEqual(to(owner_ref, MIRA_REF));
      expect(record).toContain(`; not to ${JON_REF}`);
    });

    it('which goes with a group', async () => {
      await watch();
      people = [person('jon'), person('mira', 'checkout')];
      expect(await warn()).toEqual(NOT_TOLD);
    });

    it('which goes with the person', async () => {
      await watch();
      people = [];
      expect(await warn()).toEqual(NOT_TOLD);
    });

    it('and again when they ask anew, by the rights they have then', async () => {
      await watch();
      people = [person('jon'), person('mira', 'checkout')];
      await watch();
      expect((await warn()).told).toEqual(to(OWNER, MIRA_REF, JON_REF));
    });
  });

  it('is told later when nobody can say what they may see', async () => {
    await watch();
    outage = true;
    expect((await warn()).told).toEqual([]);
    outage = false;
    engine.clock.advance(60);
    await engine.rooms.warningTelling.tick(engine.clock.now());
    expect(engine.notices.map(({ recipients }) => recipients)).toEqual(
      to(OWNER, MIRA_REF, JON_REF),
    );
  });

  it('stands with the environment and in the audit record, once each', async () => {
    expect(await shown()).toBeUndefined();
    await watch();
    engine.clock.advance(1);
    await watch();
    await watch(MIRA);
    expect(await shown()).toEqual([JON_REF, MIRA_REF]);
    await unwatch();
    await unwatch();
    expect(await shown()).toEqual([MIRA_REF]);
    expect(
      await engine
        .knex('audit_entries')
        .where({ environment_id: id })
        .whereIn('action', ['environment.watched', 'environment.unwatched'])
        .orderBy('id')
        .select('action', 'actor'),
    ).toEqual([
      { action: 'environment.watched', actor: JON_REF },
      { action: 'environment.watched', actor: MIRA_REF },
      { action: 'environment.unwatched', actor: JON_REF },
    ]);
  });

  it('is whoever may see it, and nobody else', async () => {
    const refused = { problems: [{ code: 'environment.not-found' }] };
    for (const decision of [DENY, ofOwner([PAYMENTS])]) {
      mayRead(decision);
      await expect(watch()).rejects.toMatchObject(refused);
      await expect(unwatch()).rejects.toMatchObject(refused);
    }
    mayRead(ofOwner([OWNER]));
    await expect(watch()).resolves.toMatchObject([{ watcher: JON_REF }]);
  });

  it('is no service', async () => {
    await expect(watch(mockCredentials.service())).rejects.toMatchObject({
      problems: [{ code: 'watcher.person' }],
    });
  });

  it('is one of fifty at most', async () => {
    const since = engine.clock.now();
    await engine.knex('environment_watchers').insert(
      Array.from({ length: 50 }, (_, index) => ({
        environment_id: id,
        watcher: index === 0 ? MIRA_REF : `user:default/p${index}`,
        since,
        mandate: JSON.stringify({ decision: DENY }),
      })),
    );
    await expect(watch()).rejects.toMatchObject({
      problems: [{ code: 'watcher.limit' }],
    });
    await expect(watch(MIRA)).resolves.toHaveLength(50);
  });
});
