import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentReadPermission,
  environmentUpdatePermission,
  leaseOverridePermission,
} from '@greenroom/plugin-environments-common';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';

const DENY = { result: AuthorizeResult.DENY } as const;

describe('who may do what about leases', () => {
  let engine: TestEngine;
  let id: string;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
    id = (await engine.create()).environment.id;
  });
  afterEach(() => {
    engine.policy.byPermission = {};
  });

  const commands = () => engine.rooms.leaseCommands;
  const deny = (permission: { name: string }) => {
    engine.policy.byPermission[permission.name] = DENY;
  };
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      error => `${error.name} ${error.problems?.[0]?.code}`,
    );

  it('nobody learns of what they may not see', async () => {
    deny(environmentReadPermission);
    const reader = engine.rooms.leaseReader;
    const missing = 'NotFoundError environment.not-found';
    expect(await codeOf(reader.get(id, MIRA))).toBe(missing);
    expect(await codeOf(reader.entries(id, {}, MIRA))).toBe(missing);
    expect(await codeOf(commands().extend(id, {}, MIRA))).toBe(missing);
    expect(await codeOf(commands().shorten(id, {}, MIRA))).toBe(missing);
  });

  it('whoever may update an environment extends and shortens its lease', async () => {
    deny(environmentUpdatePermission);
    const refused = 'NotAllowedError environment.not-allowed';
    expect(await codeOf(commands().extend(id, {}, MIRA))).toBe(refused);
    expect(await codeOf(commands().shorten(id, {}, MIRA))).toBe(refused);
    expect(await engine.rooms.leaseReader.get(id, MIRA)).toMatchObject({
      rights: { extend: false, override: true },
    });
  });

  it('going beyond the limits takes a permission of its own, even in a dry run', async () => {
    deny(leaseOverridePermission);
    const beyond = { by: '9d', override: true, reason: 'x' };
    for (const dryRun of [true, false]) {
      const request = { ...beyond, dryRun };
      expect(await codeOf(commands().extend(id, request, MIRA))).toBe(
        'NotAllowedError lease.not-allowed',
      );
    }
    engine.policy.byPermission = {};
    deny(environmentUpdatePermission);
    expect(await codeOf(commands().extend(id, beyond, MIRA))).toBe('done');
  });

  it('what they do is on the audit record, and told', async () => {
    await engine.knex('outbox').delete();
    await commands().shorten(id, { by: '10m', reason: 'done early' }, MIRA);
    expect(
      await engine
        .knex('audit_entries')
        .where({ action: 'environment.lease.shortened' })
        .first(),
    ).toMatchObject({
      actor: 'user:default/mira',
      environment_id: id,
      details: {
        expiresBefore: expect.any(String),
        expiresAfter: expect.any(String),
        reason: expect.stringContaining('done early'),
      },
    });
    expect(await engine.knex('outbox').pluck('payload')).toMatchObject([
      { environmentId: id },
    ]);
  });
});
