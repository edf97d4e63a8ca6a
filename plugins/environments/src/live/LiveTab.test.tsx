import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiWithLive } from '../testing/apiWithLive';
import { anEnvironment } from '../testing/builders';
import { aLiveDetail, aLiveResource } from '../testing/liveBuilders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

const PATH = '/environments/e/shop-demo?tab=live';

const detailOf = (component: string) =>
  screen.findByRole('region', { name: component });

describe('the tab of what runs', () => {
  it('is called after the only system, and is there for what has one alone', async () => {
    const { unmount } = renderPortal(
      '/environments/e/shop-demo',
      apiWithLive([aLiveDetail()]),
    );
    const tabs = await screen.findByRole('navigation', {
      name: 'Parts of shop-demo',
    });
    expect(
      await within(tabs).findByRole('link', { name: /^Argo CD ?1$/ }),
    ).toHaveAttribute('href', PATH);
    unmount();

    renderPortal(PATH, new SampleApi({ environments: [anEnvironment()] }));
    await screen.findByRole('link', { name: 'Graph' });
    expect(screen.queryByRole('link', { name: /Argo CD/ })).toBeNull();
  });

  it('says how a component stands and why, and leads to it', async () => {
    renderPortal(
      PATH,
      apiWithLive([
        aLiveDetail({
          health: 'degraded',
          message: 'Pod web-1: ImagePullBackOff',
          selfHeals: true,
        }),
      ]),
    );
    const detail = await detailOf('app');
    expect(detail).toHaveTextContent(/^.*appDegradedSynced/);
    expect(detail).toHaveTextContent('Pod web-1: ImagePullBackOff');
    expect(detail).toHaveTextContent('is undone by itself');
    expect(within(detail).getAllByText('4be19c7')[0]).toHaveAttribute(
      'title',
      '4be19c7f0a6cbb3a3d0ee6a1f6dd4a6a58f20e11',
    );
    expect(
      within(detail).getByRole('link', { name: 'Open in Argo CD: app' }),
    ).toHaveAttribute(
      'href',
      'https://argocd.example.com/applications/greenroom-shop-demo-app',
    );
  });

  it('leads nowhere but to web addresses', async () => {
    renderPortal(
      PATH,
      apiWithLive([aLiveDetail({ url: `javascript${':'}alert(1)` })]),
    );
    await detailOf('app');
    expect(screen.queryByRole('link', { name: /^Open in/ })).toBeNull();
  });

  it('keeps the component that was chosen in the address', async () => {
    const api = apiWithLive([
      aLiveDetail(),
      aLiveDetail({ component: 'worker', health: 'progressing' }),
    ]);
    renderPortal(PATH, api);
    await detailOf('app');
    const choice = within(
      screen.getByRole('navigation', { name: 'What runs' }),
    );
    expect(choice.getByRole('link', { name: /^app/ })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await userEvent.click(choice.getByRole('link', { name: /^worker/ }));
    await detailOf('worker');
    expect(choice.getByRole('link', { name: /^worker/ })).toHaveAttribute(
      'href',
      `${PATH}&component=worker`,
    );
  });

  it('shows what came of what, and folds what is well', async () => {
    renderPortal(PATH, apiWithLive([aLiveDetail()]));
    const tree = await screen.findByRole('treegrid', {
      name: 'Resources of app',
    });
    const rows = () => within(tree).getAllByRole('row');
    expect(rows().map(row => row.getAttribute('aria-level'))).toEqual([
      '1',
      '2',
      '1',
    ]);
    rows()[1].focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(rows()[2]).toHaveTextContent('Pod web-6f7d-x2p9q');
    await userEvent.keyboard('{ArrowLeft}');
    expect(rows()).toHaveLength(3);
  });

  it('unfolds what needs a look, and says why', async () => {
    const detail = aLiveDetail({ health: 'degraded' });
    renderPortal(
      PATH,
      apiWithLive([
        {
          ...detail,
          resources: detail.resources.map(one =>
            one.kind === 'Pod'
              ? { ...one, health: 'degraded', message: 'CrashLoopBackOff' }
              : one,
          ),
          orphaned: [aLiveResource({ kind: 'ConfigMap', name: 'left' })],
          omittedResources: 12,
        },
      ]),
    );
    const tree = await screen.findByRole('treegrid', {
      name: 'Resources of app',
    });
    expect(
      within(tree).getByRole('row', { name: /Pod web-6f7d-x2p9q/ }),
    ).toHaveTextContent(/Degraded.*CrashLoopBackOff$/);
    expect(screen.getByText('1 degraded')).toBeInTheDocument();
    expect(screen.getByText(/^12 more are left out/)).toBeInTheDocument();
    expect(
      screen.getByRole('treegrid', { name: "Nobody's resources beside app" }),
    ).toHaveTextContent('ConfigMap left');
  });

  it('shows no more than what needs a look where that is wanted', async () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      aLiveResource({
        id: `${index}`,
        name: `web-${index}`,
        health: index === 3 ? 'missing' : 'healthy',
      }),
    );
    renderPortal(PATH, apiWithLive([aLiveDetail({ resources: many })]));
    await userEvent.click(
      await screen.findByRole('checkbox', {
        name: 'Only what needs a look (1)',
      }),
    );
    const rows = within(screen.getByRole('treegrid')).getAllByRole('row');
    expect(rows.map(row => row.textContent)).toEqual([
      'Deployment web-3Missing',
    ]);
  });

  it('says why the last sync failed before all else', async () => {
    const operation = {
      phase: 'failed',
      message: 'namespaces "shop" not found',
    } as const;
    renderPortal(PATH, apiWithLive([aLiveDetail({ operation })]));
    const last = await screen.findByRole('region', { name: 'Last sync' });
    expect(last).toHaveTextContent(
      'Failed, by itselfnamespaces "shop" not found',
    );
    expect(
      last.compareDocumentPosition(
        screen.getByRole('region', { name: 'Resources' }),
      ),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('says what cannot be asked, and shows the rest', async () => {
    renderPortal(
      PATH,
      apiWithLive([aLiveDetail({ component: 'worker' })], {
        problems: [
          {
            code: 'argocd.unreachable',
            component: 'app',
            message: 'Argo CD does not answer.',
            remedy: 'Ask the operators.',
          },
        ],
      }),
    );
    expect(
      await screen.findByText('app: Argo CD does not answer.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Ask the operators.')).toBeInTheDocument();
    expect(await detailOf('worker')).toHaveTextContent('Healthy');
  });

  it('counts nothing while its system can’t be asked', async () => {
    const problem = { code: 'argocd.unreachable', message: 'Argo CD is away.' };
    renderPortal(PATH, apiWithLive([], { problems: [problem] }));
    await screen.findByText('Argo CD is away.');
    expect(screen.getByRole('link', { name: 'Argo CD' })).toBeInTheDocument();
  });

  it('says that nothing runs yet, or not any more', async () => {
    const { unmount } = renderPortal(PATH, apiWithLive([], { made: false }));
    expect(
      await screen.findByText('Nothing of it runs yet'),
    ).toBeInTheDocument();
    unmount();

    renderPortal(PATH, apiWithLive([]));
    expect(
      await screen.findByText('Argo CD has nothing of shop-demo any more'),
    ).toBeInTheDocument();
  });

  it('says that what runs could not be read, and reads it again', async () => {
    const api = apiWithLive([aLiveDetail()]);
    const read = jest.spyOn(api.live, 'list');
    read.mockRejectedValueOnce(await refusal(400, []));
    renderPortal(PATH, api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'What runs could not be read',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await detailOf('app');
  });

  it('keeps what the list tells when the rest could not be asked for, and says why', async () => {
    const api = apiWithLive([aLiveDetail({ health: 'missing' })]);
    jest.spyOn(api.live, 'get').mockRejectedValue(
      await refusal(503, [
        {
          code: 'argocd.unreachable',
          message: 'Argo CD does not answer.',
          remedy: 'Ask the operators whether it is up.',
        },
      ]),
    );
    renderPortal(PATH, api);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'What is seen of app could not be read: Argo CD does not answer.',
    );
    expect(alert).toHaveTextContent('Ask the operators whether it is up.');
    expect(await detailOf('app')).toHaveTextContent('Missing');
  });
});
