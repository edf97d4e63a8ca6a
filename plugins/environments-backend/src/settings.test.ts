import { mockServices } from '@backstage/backend-test-utils';
import {
  readConfirmWithinSeconds,
  readKeyring,
  readStatesUrl,
  readWorkerSettings,
} from './settings';
import { readSitesDirectory } from './sites/routes';

const config = (environments: object) =>
  mockServices.rootConfig({ data: { environments } });
const logger = mockServices.logger.mock();

describe('settings', () => {
  it('have defaults for workers', () => {
    expect(readWorkerSettings(config({}))).toMatchObject({
      enabled: true,
      concurrency: 2,
      drainSeconds: 10,
      limits: { perOwner: undefined, drivers: {} },
    });
  });

  it.each([0, -1, 1.5])('refuse to run %s operations at once', concurrency => {
    expect(() =>
      readWorkerSettings(config({ worker: { concurrency } })),
    ).toThrow('environments.worker.enabled');
  });

  it('let a plan wait for a day, or as long as is said', () => {
    expect(readConfirmWithinSeconds(config({}))).toBe(86_400);
    const operations = { confirmWithin: '30m' };
    expect(readConfirmWithinSeconds(config({ operations }))).toBe(1800);
    const wrong = config({ operations: { confirmWithin: 'an hour' } });
    expect(() => readConfirmWithinSeconds(wrong)).toThrow(
      'environments.operations.confirmWithin is "an hour"',
    );
  });

  it('limit what owners and drivers may have at once', () => {
    const limits = { perOwner: 3, drivers: { terraform: 8 } };
    expect(readWorkerSettings(config({ worker: { limits } })).limits).toEqual(
      limits,
    );
  });

  it.each([
    [{ limits: { perOwner: 0 } }, 'limits.perOwner is 0'],
    [{ limits: { drivers: { terraform: 1.5 } } }, 'drivers.terraform is 1.5'],
    [{ drainSeconds: -1 }, 'drainSeconds is -1'],
  ])('refuse %j, and say which key it is', (worker, words) => {
    expect(() => readWorkerSettings(config({ worker }))).toThrow(words);
  });

  it('want keys for states in production, and say how to make one', () => {
    expect(() => readKeyring(config({}), 'production', logger)).toThrow(
      /environments\.secrets\.keys is empty.*openssl rand/,
    );
    expect(readKeyring(config({}), 'development', logger)).toBeDefined();
  });

  it('refuse a secret that is too short', () => {
    const keys = [{ id: '2026', secret: 'short' }];
    expect(() =>
      readKeyring(config({ secrets: { keys } }), 'development', logger),
    ).toThrow('has 5 characters');
  });

  it('refuse sandbox sites in production', () => {
    const sites = config({ sandboxSites: { directory: '/srv/sites' } });
    expect(() => readSitesDirectory(sites, 'production')).toThrow(
      'is for development',
    );
    expect(readSitesDirectory(sites, 'development')).toBe('/srv/sites');
    expect(readSitesDirectory(config({}), 'production')).toBeUndefined();
  });

  it('find the state protocol by discovery, or where they are told to', async () => {
    const discovery = mockServices.discovery();
    expect(await readStatesUrl(config({}), discovery)).toMatch(
      /^http:\/\/localhost:\d+\/api\/environments\/states$/,
    );
    expect(
      await readStatesUrl(config({}), discovery, { workerAlone: true }),
    ).toMatch(/\/api\/environments\/states$/);
    const told = config({ states: { baseUrl: 'http://backend:7007/x/' } });
    expect(await readStatesUrl(told, discovery)).toBe(
      'http://backend:7007/x/states',
    );
  });
});
