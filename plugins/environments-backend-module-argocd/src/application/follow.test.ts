import { ArgocdApplication, ArgocdClient } from '@greenroom/plugin-argocd-node';
import { TIMES } from '../times';
import { follow, TookTooLong } from './follow';

const REF = { name: 'one', project: 'default' };

describe('following an application', () => {
  afterEach(() => jest.restoreAllMocks());

  /** Tells of nothing by itself, and has the application until it is woken. */
  function sleeping() {
    let isThere = true;
    const client = {
      async *watchApplications(_ref: object, signal: AbortSignal) {
        await new Promise(resolve =>
          signal.addEventListener('abort', resolve, { once: true }),
        );
      },
      application: async () => (isThere ? {} : undefined),
    } as unknown as ArgocdClient;
    return {
      client,
      wake: async () => {
        isThere = false;
      },
    };
  }
  const isGone = (one: ArgocdApplication | undefined) =>
    one ? undefined : true;
  const { signal } = new AbortController();

  it('wakes Argo CD when it has been silent for long', async () => {
    jest.replaceProperty(TIMES, 'silenceMs', 0);
    const { client, wake } = sleeping();
    const options = { signal, withinMs: 20_000, wake };
    await expect(follow(client, REF, options, isGone)).resolves.toBe(true);
  });

  it('gives up in time where nothing wakes it', async () => {
    jest.replaceProperty(TIMES, 'silenceMs', 0);
    const { client } = sleeping();
    await expect(
      follow(client, REF, { signal, withinMs: 600 }, isGone),
    ).rejects.toThrow(TookTooLong);
  });
});
