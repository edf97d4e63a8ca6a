import { Knex } from 'knex';
import { mockCredentials } from '@backstage/backend-test-utils';
import { addSeconds, momentOf } from '../../../clock';
import { ONE_COMPONENT_BLUEPRINT } from '../../../testing/blueprints';
import { useTestDatabases } from '../../../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../../../testing/engine';
import { project } from '../../ledger';
import { LedgerStore } from '../../ledgerStore';
import { LeaseStore } from '../../store';

export const DAY = 86_400;
export const ADA = mockCredentials.user('user:default/ada');
export const BO = mockCredentials.user('user:default/bo');
export const WHY = { reason: 'the demo is on Monday' };

const BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'name: single',
  'name: limited',
).replace('default: 2m', 'default: 1d, max: 3d, extensions: {max: 1, by: 1d}');

/** For each test an environment whose lease may be extended once by a day, to three in all. */
export function useLab(options: { onNotice?: () => void } = {}) {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let knex: Knex;
  let id: string;
  let name: string;
  let end: Date;

  beforeEach(async () => {
    knex = await databases.create();
    engine = await startTestEngine(knex, options);
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
  const wanted = () => addSeconds(end, 5 * DAY);
  const ask = (more = {}, key?: string) =>
    service().ask(
      id,
      { until: wanted().toISOString(), ...WHY, ...more },
      MIRA,
      key,
    );

  return {
    get engine() {
      return engine;
    },
    get knex() {
      return knex;
    },
    get id() {
      return id;
    },
    get name() {
      return name;
    },
    /** Of its lease, before anything is asked for. */
    get end() {
      return end;
    },
    service,
    lease: (credentials = MIRA) =>
      engine.rooms.leaseReader.get(id, credentials),
    /** The end that is asked for: too far for one extension. */
    wanted,
    ask,
    /** @returns the id of what is asked for */
    asked: async () => (await ask()).lease.moreTime!.id,
    codeOf: (promise: Promise<unknown>) =>
      promise.then(
        () => 'done',
        error => `${error.name} ${error.problems?.[0]?.code}`,
      ),
    messageOf: (promise: Promise<unknown>) =>
      promise.then(
        () => 'done',
        error => String(error.message),
      ),
    kinds: () =>
      knex('lease_entries')
        .where({ environment_id: id })
        .orderBy('id')
        .pluck('kind'),
    states: () =>
      knex('lease_more_time')
        .where({ environment_id: id })
        .orderBy(['asked_at', 'state'])
        .pluck('state'),
    audited: () =>
      knex('audit_entries')
        .whereLike('action', 'environment.lease.%')
        .orderBy('id')
        .select('action', 'actor'),
    /** The lease is what its ledger comes to. */
    expectTrue: async () => {
      const ledgers = await new LedgerStore().ledgers(knex, [id]);
      expect(project(ledgers.get(id)!)).toEqual(
        await new LeaseStore().get(knex, id),
      );
    },
    lapse: () => engine.rooms.moreTimeLapse.tick(engine.clock.now()),
    goPast: (moment: Date) => engine.clock.goTo(addSeconds(moment, 1)),
  };
}
