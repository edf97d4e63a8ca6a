import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  blueprintManagePermission,
  MoveBlueprintVersionRequest,
} from '@greenroom/plugin-environments-common';
import {
  blueprintConditions,
  createBlueprintConditionalDecision,
} from '@greenroom/plugin-environments-node';
import { problemsOf } from '../errors';
import { ONE_COMPONENT_BLUEPRINT } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';
import { blueprintText, furnish } from './__testUtils__/room';

const databases = useTestDatabases();
const someone = mockCredentials.user();
const WEB = { 'web/main.tf': 'resource {}' };

async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return { name: error?.name, problem: problemsOf(error)?.[0] };
}

describe('the life of a version', () => {
  let room: ReturnType<typeof furnish>;
  beforeEach(async () => {
    room = furnish(await databases.create());
    for (const version of ['1.0.0', '1.1.0']) {
      await room.publish(blueprintText({ version }), WEB);
      await room.check();
    }
  });

  const move = (version: string, request: MoveBlueprintVersionRequest) =>
    room.service.moveVersion('shop', version, request, someone);
  const deprecate = (version: string, replacement?: string) =>
    move(version, {
      status: 'deprecated',
      reason: 'it is old',
      message: 'Its database is out of support.',
      replacement,
    });
  const recommended = async () =>
    (await room.service.get('shop', someone)).recommendedVersion;
  const use = (version?: string) =>
    room.service.getForRequest({ name: 'shop', version });

  it('lets a deprecated version be used with a warning, and offers another', async () => {
    const told = await deprecate('1.1.0', '1.0.0');
    expect(told).toMatchObject({
      status: 'deprecated',
      notice: {
        message: 'Its database is out of support.',
        replacement: '1.0.0',
      },
    });
    expect(await recommended()).toBe('1.0.0');
    expect(await use()).toMatchObject({ version: '1.0.0', warnings: [] });
    expect((await use('1.1.0')).warnings).toEqual([
      {
        code: 'blueprint.version.deprecated',
        field: '/version',
        message:
          'Version 1.1.0 of blueprint "shop" is deprecated: Its database is out of support.',
        remedy: 'Use version 1.0.0.',
      },
    ]);
  });

  it('refuses what would begin on a retired version, and names its replacement', async () => {
    const { versionId } = await use('1.0.0');
    await move('1.0.0', {
      status: 'retired',
      reason: 'a hole',
      message: 'It has a hole.',
      replacement: '1.1.0',
    });
    expect(await refusal(use('1.0.0'))).toEqual({
      name: 'ConflictError',
      problem: {
        code: 'blueprint.version.retired',
        field: '/version',
        message: 'Version 1.0.0 of blueprint "shop" is retired: It has a hole.',
        remedy: 'Use version 1.1.0.',
      },
    });
    // What runs on it is still read, updated and torn down by it.
    expect(await room.service.getById(versionId)).toMatchObject({
      version: '1.0.0',
    });
  });

  it('names what is recommended where a retired version has no replacement', async () => {
    await move('1.0.0', { status: 'retired', reason: 'r', message: 'Old.' });
    expect((await refusal(use('1.0.0'))).problem?.remedy).toBe(
      'Use version 1.1.0.',
    );
    await move('1.1.0', { status: 'retired', reason: 'r', message: 'Old.' });
    expect((await refusal(use('1.0.0'))).problem?.remedy).toContain(
      "Ask the blueprint's owner",
    );
    expect((await refusal(use())).problem).toMatchObject({
      code: 'blueprint.version.not-found',
      message: 'Blueprint "shop" has no version to recommend.',
    });
  });

  it('brings a version back, with nothing to tell of it any more', async () => {
    await deprecate('1.1.0');
    const back = await move('1.1.0', {
      status: 'published',
      reason: 'too early',
    });
    expect(back).toMatchObject({ status: 'published', notice: undefined });
    expect(await recommended()).toBe('1.1.0');
    expect((await use('1.1.0')).warnings).toEqual([]);
  });

  it('refuses a move that leads nowhere', async () => {
    expect(
      await refusal(move('1.1.0', { status: 'published', reason: 'r' })),
    ).toMatchObject({
      name: 'ConflictError',
      problem: { code: 'blueprint.version.move', field: '/status' },
    });
    expect(
      await refusal(move('9.0.0', { status: 'published', reason: 'r' })),
    ).toMatchObject({ problem: { code: 'blueprint.version.not-found' } });
    expect(
      await refusal(
        room.service.moveVersion(
          'nothing',
          '1.0.0',
          { status: 'published', reason: 'r' },
          someone,
        ),
      ),
    ).toMatchObject({ problem: { code: 'blueprint.not-found' } });
  });

  it('refuses a replacement that cannot be used, or is the version itself', async () => {
    await move('1.0.0', { status: 'retired', reason: 'r', message: 'Old.' });
    for (const replacement of ['1.0.0', '1.1.0', '9.0.0']) {
      expect(await refusal(deprecate('1.1.0', replacement))).toMatchObject({
        name: 'InputError',
        problem: {
          code: 'blueprint.version.unpublished',
          field: '/replacement',
        },
      });
    }
    expect((await use('1.1.0')).warnings).toEqual([]);
  });

  it('recommends what somebody chose until that is out of use', async () => {
    const chosen = await room.service.recommend(
      'shop',
      { version: '1.0.0', reason: 'the newer one is slow' },
      someone,
    );
    expect(chosen).toMatchObject({
      recommendedVersion: '1.0.0',
      recommendedOnPurpose: true,
    });
    await room.publish(blueprintText({ version: '1.2.0' }), WEB);
    await room.check();
    expect(await recommended()).toBe('1.0.0');

    await deprecate('1.0.0');
    expect(await room.service.get('shop', someone)).toMatchObject({
      recommendedVersion: '1.2.0',
      recommendedOnPurpose: false,
    });
  });

  it('goes back to the highest when nobody chooses any more', async () => {
    const { service } = room;
    await service.recommend('shop', { version: '1.0.0', reason: 'r' }, someone);
    await service.recommend('shop', { reason: 'it is mended' }, someone);
    expect(await recommended()).toBe('1.1.0');
  });

  it('recommends nothing that is not published', async () => {
    await deprecate('1.0.0');
    for (const version of ['1.0.0', '9.0.0']) {
      expect(
        await refusal(
          room.service.recommend('shop', { version, reason: 'r' }, someone),
        ),
      ).toMatchObject({
        name: 'InputError',
        problem: { code: 'blueprint.version.unpublished', field: '/version' },
      });
    }
    expect(await recommended()).toBe('1.1.0');
  });

  it('writes down who did what, why, and what is recommended by that', async () => {
    await deprecate('1.1.0', '1.0.0');
    await room.service.recommend(
      'shop',
      { version: '1.0.0', reason: 'it works' },
      someone,
    );
    const entries = await room
      .knex('audit_entries')
      .orderBy('id')
      .select('actor', 'action', 'details');
    expect(entries).toEqual([
      {
        actor: 'user:default/amir',
        action: 'blueprint.version.deprecated',
        details: {
          blueprint: 'shop',
          version: '1.1.0',
          from: 'published',
          reason: 'it is old',
          message: 'Its database is out of support.',
          replacement: '1.0.0',
          recommendedBefore: '1.1.0',
          recommendedAfter: '1.0.0',
        },
      },
      {
        actor: 'user:default/amir',
        action: 'blueprint.recommended',
        details: {
          blueprint: 'shop',
          version: '1.0.0',
          reason: 'it works',
          recommendedBefore: '1.0.0',
          recommendedAfter: '1.0.0',
        },
      },
    ]);
  });

  it('begins as deprecated where its author says so', async () => {
    const text = blueprintText({ version: '1.2.0' }).replace(
      'type: sandbox\n',
      'type: sandbox\n  lifecycle: deprecated\n',
    );
    await room.publish(text, WEB);
    await room.check();
    expect(await recommended()).toBe('1.1.0');
    expect((await use('1.2.0')).warnings).toMatchObject([
      { message: expect.stringContaining('Its author published it as') },
    ]);
  });

  it.each(['deprecated', 'retired'] as const)(
    'never changes the content of a %s version',
    async status => {
      await move('1.0.0', { status, reason: 'r', message: 'Old.' });
      const again = await room.publish(blueprintText(), WEB);
      expect(again.status).toBe(status);
      expect(
        await refusal(
          room.publish(blueprintText(), { 'web/main.tf': 'other {}' }),
        ),
      ).toMatchObject({
        name: 'ConflictError',
        problem: { code: 'blueprint.version.immutable' },
      });
    },
  );
});

describe('a draft', () => {
  let room: ReturnType<typeof furnish>;
  beforeEach(async () => {
    room = furnish(await databases.create());
  });
  const draft = (files = WEB, text = blueprintText()) =>
    room.publish(text, files, { draft: true });
  const use = () =>
    room.service.getForRequest({ name: 'shop', version: '1.0.0' });

  it('is checked, and cannot be used', async () => {
    await draft();
    await room.check();
    expect(await room.service.get('shop', someone)).toMatchObject({
      recommendedVersion: undefined,
      versionList: [{ version: '1.0.0', status: 'draft' }],
    });
    expect(await refusal(use())).toMatchObject({
      name: 'NotFoundError',
      problem: {
        code: 'blueprint.version.draft',
        message: 'Version 1.0.0 of blueprint "shop" is a draft.',
      },
    });
  });

  it('may be replaced, and is checked anew', async () => {
    const { id } = await draft();
    await room.check();
    const other = await draft({ 'web/main.tf': 'other {}' });
    expect(other).toMatchObject({ id, status: 'validating' });
    await room.check();
    expect((await room.service.getById(id)).snapshotDigest).toBe(
      other.snapshotDigest,
    );
  });

  it('is published by the same content without that word, and from then on stays', async () => {
    await draft();
    await room.check();
    expect(await draft()).toMatchObject({ status: 'draft' });
    const published = await room.publish(blueprintText(), WEB);
    expect(published).toMatchObject({ status: 'published' });
    expect(published.publishedAt).toEqual(room.clock.now());
    expect(await use()).toMatchObject({ version: '1.0.0' });
    expect(await draft()).toMatchObject({ status: 'published' });
    expect(await refusal(draft({ 'web/main.tf': 'other {}' }))).toMatchObject({
      problem: { code: 'blueprint.version.immutable' },
    });
  });

  it('is published before its check is over when that is asked for meanwhile', async () => {
    await draft();
    await room.publish(blueprintText(), WEB);
    await draft();
    await room.check();
    expect(await use()).toMatchObject({ version: '1.0.0' });
  });

  it('is published by its owners, and the blueprint says what it says', async () => {
    await draft(WEB, blueprintText({ title: 'Store' }));
    await room.check();
    await room.service.moveVersion(
      'shop',
      '1.0.0',
      { status: 'published', reason: 'it works' },
      someone,
    );
    expect(await room.service.get('shop', someone)).toMatchObject({
      title: 'Store',
      recommendedVersion: '1.0.0',
    });
  });

  it('cannot be deprecated', async () => {
    await draft();
    await room.check();
    expect(
      await refusal(
        room.service.moveVersion(
          'shop',
          '1.0.0',
          { status: 'deprecated', reason: 'r', message: 'm' },
          someone,
        ),
      ),
    ).toMatchObject({ problem: { code: 'blueprint.version.move' } });
  });
});

describe('what runs on a version that is retired', () => {
  let engine: TestEngine;
  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    await engine.blueprints.publish(
      ONE_COMPONENT_BLUEPRINT.replace('1.0.0', '1.1.0'),
    );
  });
  afterEach(() => engine.stop());

  const retire = (version: string) =>
    engine.blueprints.service.moveVersion(
      'single',
      version,
      { status: 'retired', reason: 'r', message: 'Old.' },
      MIRA,
    );
  const create = (version: string) =>
    engine.create({ blueprint: 'single', version, inputs: {} });

  it('runs on, is updated and torn down, while nothing new begins', async () => {
    const { environment } = await create('1.0.0');
    await engine.work();
    await retire('1.0.0');
    expect(await refusal(create('1.0.0'))).toMatchObject({
      name: 'ConflictError',
      problem: { code: 'blueprint.version.retired' },
    });

    await engine.submit(environment.id, { kind: 'update', inputs: {} });
    await engine.work();
    await engine.submit(environment.id, { kind: 'destroy' });
    await engine.work();
    expect(
      await engine.rooms.environments.get(environment.id, MIRA),
    ).toMatchObject({ state: 'destroyed' });
  });

  it('is upgraded away, and nothing is upgraded to it', async () => {
    const { environment } = await create('1.1.0');
    await engine.work();
    await retire('1.0.0');
    expect(
      await refusal(
        engine.submit(environment.id, { kind: 'upgrade', version: '1.0.0' }),
      ),
    ).toMatchObject({ problem: { code: 'blueprint.version.retired' } });
  });

  it('says in the answer to a create that its version is deprecated', async () => {
    await engine.blueprints.service.moveVersion(
      'single',
      '1.0.0',
      { status: 'deprecated', reason: 'r', message: 'Old.' },
      MIRA,
    );
    const warnings = [{ code: 'blueprint.version.deprecated' }];
    expect(await create('1.0.0')).toMatchObject({ warnings });
    const request = { blueprint: 'single', version: '1.0.0', inputs: {} };
    expect(await engine.create({ ...request, dryRun: true })).toMatchObject({
      warnings,
    });
    expect((await create('1.1.0')).warnings).toBeUndefined();
  });

  it('is moved by the owners of the blueprint alone', async () => {
    const decide = (claims: string[]) => {
      engine.policy.byPermission[blueprintManagePermission.name] =
        createBlueprintConditionalDecision(
          blueprintManagePermission,
          blueprintConditions.isOwner({ claims }),
        );
    };
    decide(['group:default/checkout']);
    const refused = {
      name: 'NotAllowedError',
      problem: {
        code: 'blueprint.not-allowed',
        remedy: expect.stringContaining('group:default/platform'),
      },
    };
    expect(await refusal(retire('1.0.0'))).toMatchObject(refused);
    expect(
      await refusal(
        engine.blueprints.service.recommend(
          'single',
          { version: '1.0.0', reason: 'r' },
          MIRA,
        ),
      ),
    ).toMatchObject(refused);
    decide(['group:default/platform']);
    expect(await retire('1.0.0')).toMatchObject({ status: 'retired' });

    engine.policy.basic = AuthorizeResult.DENY;
    expect(await refusal(retire('1.1.0'))).toMatchObject({
      name: 'NotAllowedError',
      problem: { code: 'request.not-allowed' },
    });
  });
});
