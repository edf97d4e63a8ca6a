import { ConfigReader } from '@backstage/config';
import { ArgocdInstances } from './instances';
import { readArgocdConfig } from './config';

const read = (instance: object, shared: object = {}) =>
  readArgocdConfig(
    new ConfigReader({
      argocd: {
        ...shared,
        appLocatorMethods: [
          {
            type: 'config',
            instances: [{ name: 'one', url: 'https://one', ...instance }],
          },
        ],
      },
    }),
  );

describe('readArgocdConfig', () => {
  it('has no instances where nothing is configured', () => {
    expect(readArgocdConfig(new ConfigReader({}))).toEqual([]);
  });

  it('reads what the community plugins read, with times and limits of our own', () => {
    expect(read({ url: 'https://one/argocd/', token: 'secret' })).toEqual([
      {
        name: 'one',
        url: 'https://one/argocd',
        frontendUrl: undefined,
        credentials: { token: 'secret' },
        ca: undefined,
        timeoutMs: 20_000,
        requestsPerSecond: 20,
      },
    ]);
  });

  it('tells where people open it from where its API is', () => {
    const frontendUrl = 'https://argocd.example.com/cd/';
    expect(read({ token: 't', frontendUrl })).toMatchObject([
      { url: 'https://one', frontendUrl: 'https://argocd.example.com/cd' },
    ]);
  });

  it('prefers a token to an account, and its own account to the shared one', () => {
    const own = { username: 'own', password: 'a' };
    const shared = { username: 'shared', password: 'b' };
    expect(read({ token: 't', ...own })[0].credentials).toEqual({ token: 't' });
    expect(read(own, shared)[0].credentials).toEqual(own);
    expect(read({}, shared)[0].credentials).toEqual(shared);
  });

  it('leaves instances of other locators alone', () => {
    const appLocatorMethods = [{ type: 'catalog' }];
    const config = new ConfigReader({ argocd: { appLocatorMethods } });
    expect(readArgocdConfig(config)).toEqual([]);
  });

  it.each([
    [{}, 'has neither a token nor a username and a password'],
    [{ token: 't', url: 'argocd.example.com' }, 'The url of the Argo CD'],
    [{ token: 't', url: 'argocd.example.com' }, 'is no address'],
    [{ token: 't', frontendUrl: 'argocd' }, 'The frontendUrl of the'],
    [{ token: 't', url: 'https://me:pw@one' }, 'holds an account'],
    [{ token: 't', timeoutSeconds: 0 }, 'timeoutSeconds of the Argo CD'],
  ])('refuses %j and says why', (instance, words) => {
    expect(() => read(instance)).toThrow(words);
  });

  it('never repeats a password from a url that it refuses', () => {
    expect(() => read({ url: 'https://me:hidden@one' })).toThrow(
      expect.not.objectContaining({
        message: expect.stringContaining('hidden'),
      }),
    );
  });

  it('refuses two instances of one name', () => {
    const instance = { name: 'twice', url: 'https://x', token: 't' };
    const config = new ConfigReader({
      argocd: {
        appLocatorMethods: [
          { type: 'config', instances: [instance, instance] },
        ],
      },
    });
    expect(() => readArgocdConfig(config)).toThrow('called "twice"');
  });
});

describe('ArgocdInstances', () => {
  it('says which instances there are when asked for another', async () => {
    const instances = ArgocdInstances.fromConfig(
      new ConfigReader({
        argocd: {
          appLocatorMethods: [
            {
              type: 'config',
              instances: [{ name: 'one', url: 'https://one', token: 't' }],
            },
          ],
        },
      }),
    );
    expect(instances.get('one').frontendUrl).toBe('https://one');
    expect(() => instances.get('two')).toThrow(
      'There is no Argo CD instance "two". The configuration names: one',
    );
    await instances.close();
  });
});
