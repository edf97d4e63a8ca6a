import { ArgocdApplication, ArgocdClient } from '@greenroom/plugin-argocd-node';
import { TIMES } from '../times';
import { follow, TookTooLong } from './follow';

const REF = { name: 'one', project: 'default' };

describe('following an application', () => {
  afterEach(() => jest.restoreAllMocks());

  /** Tells of nothing by itself, and has the application until it is told to look. */
  function sleeping() {
    let isThere = true;
    const application = async () => (isThere ? {} : undefined);
    const client = {
      async *watchApplications(_ref: object, signal: AbortSignal) {
        await new Promise(resolve =>
          signal.addEventListener('abort', resolve, { once: true }),
        );
      },
      application,
      async refreshed() {
        isThere = false;
        return { application: await application(), fresh: true };
      },
    };
    return client as unknown as ArgocdClient;
  }
  const isGone = (one: ArgocdApplication | undefined) =>
    one ? undefined : true;
  const { signal } = new AbortController();

  it('has Argo CD look again when it has been silent for long', async () => {
    jest.replaceProperty(TIMES, 'silenceMs', 0);
    const options = { signal, withinMs: 20_000 };
    await expect(follow(sleeping(), REF, options, isGone)).resolves.toBe(true);
  });

  it('gives up in time', async () => {
    await expect(
      follow(sleeping(), REF, { signal, withinMs: 600 }, isGone),
    ).rejects.toThrow(TookTooLong);
  });
});
