import { mockCredentials } from '@backstage/backend-test-utils';
import {
  Operation,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import { problemsOf } from '../errors';
import { SHOP_BLUEPRINT } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';

const version = (number: string, text = SHOP_BLUEPRINT) =>
  text.replace('version: 1.0.0', `version: ${number}`);

describe('what an upgrade would mean', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let id: string;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    id = (await engine.create()).environment.id;
    await engine.work();
  });
  afterEach(() => engine.stop());

  const describeUpgrade = (wanted?: string) =>
    engine.rooms.upgrades.describe(id, { version: wanted }, MIRA);
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      error => problemsOf(error)?.map(({ code }) => code),
    );
  const move = (status: 'deprecated' | 'retired') =>
    engine.blueprints.service.moveVersion(
      'shop',
      '1.1.0',
      { status, reason: 'it is old', message: 'Out of support.' },
      mockCredentials.user(),
    );
  const upgrade = (request: Partial<SubmitOperationRequest> = {}) =>
    engine.submit(id, { kind: 'upgrade', version: '1.1.0', ...request });

  it('says that it has the recommended version', async () => {
    expect(await describeUpgrade()).toEqual({
      from: '1.0.0',
      recommended: '1.0.0',
      behind: false,
      needs: [],
      drops: [],
      problems: [],
      warnings: [],
    });
  });

  it('names what would be lost, and what the inputs lack', async () => {
    await engine.blueprints.publish(
      version(
        '1.1.0',
        SHOP_BLUEPRINT.replace('[size]', '[size, tier]')
          .replace('pages: {type', 'tier: {type: string}\n      pages: {type')
          .replace(/ {4}password: \{title[^\n]*\n/, ''),
      ),
    );
    expect(await describeUpgrade()).toMatchObject({
      behind: true,
      to: '1.1.0',
      needs: ['tier'],
      drops: [],
      problems: [{ code: 'upgrade.output.lost' }],
      comparison: { from: '1.0.0', to: '1.1.0', breaking: true },
    });
  });

  it('is not behind a version that is older than its own', async () => {
    await engine.blueprints.publish(version('0.9.0'));
    await engine.blueprints.service.recommend(
      'shop',
      { version: '0.9.0', reason: 'the other is not ready' },
      mockCredentials.user(),
    );
    expect(await describeUpgrade()).toMatchObject({
      behind: false,
      recommended: '0.9.0',
      to: '0.9.0',
    });
  });

  it('warns of a deprecated version, in the report and in the answer to an upgrade', async () => {
    await engine.blueprints.publish(version('1.1.0'));
    await move('deprecated');
    const warnings = [{ code: 'blueprint.version.deprecated' }];
    expect(await describeUpgrade('1.1.0')).toMatchObject({ warnings });
    const answer: Operation = await upgrade();
    expect(answer).toMatchObject({ warnings });
    await engine.work();
    const update = await engine.submit(id, { kind: 'update' });
    expect(update.warnings).toBeUndefined();
    await engine.work();
  });

  it('refuses a retired version, in both', async () => {
    await engine.blueprints.publish(version('1.1.0'));
    await move('retired');
    const retired = ['blueprint.version.retired'];
    expect(await refusal(describeUpgrade('1.1.0'))).toEqual(retired);
    expect(await refusal(upgrade())).toEqual(retired);
    expect(await refusal(upgrade({ dryRun: true }))).toEqual(retired);
  });

  it('is nothing that somebody learns who may not see the environment', async () => {
    engine.policy.byPermission['environments.environment.read'] = {
      result: 'DENY',
    };
    expect(await refusal(describeUpgrade())).toEqual(['environment.not-found']);
  });
});
