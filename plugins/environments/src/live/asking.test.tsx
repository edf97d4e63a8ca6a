import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiWithLive } from '../testing/apiWithLive';
import { aLiveDetail } from '../testing/liveBuilders';
import { anAttribute, aResourceChange } from '../testing/planBuilders';
import { renderPortal } from '../testing/renderPortal';
import { refusal } from '../testing/SampleApi';

const PATH = '/environments/e/shop-demo?tab=live';

const REPLICAS = aResourceChange({
  address: 'apps/Deployment/web',
  type: 'Deployment',
  attributes: [anAttribute({ path: 'spec.replicas', before: 2, after: 5 })],
});

describe('what may be asked of what runs', () => {
  it('syncs after it has said what that undoes', async () => {
    const api = apiWithLive([
      aLiveDetail({ sync: 'outOfSync', changes: [REPLICAS] }),
    ]);
    renderPortal(PATH, api);
    const differences = await screen.findByRole('region', {
      name: 'Differences',
    });
    expect(differences).toHaveTextContent('1 attribute differs');
    expect(
      within(differences)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['Attribute', 'Declared', 'Runs']);

    await userEvent.click(screen.getByRole('button', { name: 'Sync app…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sync app' });
    expect(dialog).toHaveTextContent(
      'apps/Deployment/web: 1 attribute set back',
    );
    expect(api.live.asked).toEqual([]);
    const look = jest.spyOn(api.live, 'get');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Sync app' }),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(api.live.asked).toEqual(['sync app of env-1']);
    expect(look).toHaveBeenCalled();
  });

  it.each([
    ['synced', 'so this should change nothing'],
    ['unknown', 'is not known at this moment'],
  ] as const)(
    'does not guess what a sync of what is %s undoes',
    async (sync, told) => {
      renderPortal(PATH, apiWithLive([aLiveDetail({ sync })]));
      await userEvent.click(
        await screen.findByRole('button', { name: 'Sync app…' }),
      );
      expect(await screen.findByRole('dialog')).toHaveTextContent(told);
    },
  );

  it('says why it was not synced, and stays where it is', async () => {
    const api = apiWithLive([aLiveDetail()]);
    api.live.sync = async () => {
      throw await refusal(409, [
        { code: 'live.busy', message: 'Another sync is under way.' },
      ]);
    };
    renderPortal(PATH, api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sync app…' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sync app' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'app was not synced: another sync is under way.',
    );
  });

  it('goes back to what ran before, and says what stays declared', async () => {
    const api = apiWithLive([aLiveDetail()]);
    renderPortal(PATH, api);
    const history = await screen.findByRole('region', { name: 'What ran' });
    const [, present] = within(history).getAllByRole('row');
    expect(present).toHaveTextContent('4be19c7 present');
    expect(within(present).queryByRole('button')).toBeNull();

    await userEvent.click(
      within(history).getByRole('button', { name: 'Roll back to 91ab0e2…' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Roll app back to 91ab0e2',
    });
    expect(dialog).toHaveTextContent('What runs becomes 91ab0e2');
    expect(dialog).toHaveTextContent('What is declared stays 4be19c7');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll app back to 91ab0e2' }),
    );
    await waitFor(() =>
      expect(api.live.asked).toEqual(['roll app of env-1 back to 1']),
    );
  });

  it('does not call what is declared out of sync before it goes back to that', async () => {
    const { history, ...rest } = aLiveDetail();
    const again = { ...history[0], id: '0' };
    renderPortal(
      PATH,
      apiWithLive([{ ...rest, history: [...history, again] }]),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back to 4be19c7…' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Roll app back to 4be19c7' }),
    ).toHaveTextContent('That is declared, too. Where it was given other');
  });

  it('asks for nothing while an operation is under way, and says so', async () => {
    renderPortal(PATH, apiWithLive([aLiveDetail()], { busy: true }));
    const sync = await screen.findByRole('button', { name: 'Sync app…' });
    await waitFor(() =>
      expect(sync).toHaveAccessibleDescription(
        'An operation on shop-demo is under way.',
      ),
    );
    expect(sync).toBeDisabled();
    expect(
      await screen.findByRole('button', { name: 'Roll back to 91ab0e2…' }),
    ).toBeDisabled();
  });

  it.each([
    ['the system would undo it', { selfHeals: true }, {}],
    ['what is paused would wake', {}, { paused: true }],
  ])('offers no way back where %s', async (why, part, options) => {
    renderPortal(PATH, apiWithLive([aLiveDetail(part)], options));
    const back = await screen.findByRole('button', { name: /^Roll back/ });
    expect(back).toBeDisabled();
    expect(back).toHaveAccessibleDescription(
      why === 'the system would undo it'
        ? 'No going back now: Argo CD would undo it by itself.'
        : 'No going back now: shop-demo is paused, and what ran before would wake it.',
    );
    expect(screen.getByRole('button', { name: 'Sync app…' })).toBeEnabled();
  });

  it('offers no sync during another, and says who asked for that', async () => {
    const operation = { phase: 'running', message: '', by: 'admin' } as const;
    renderPortal(PATH, apiWithLive([aLiveDetail({ operation })]));
    const now = await screen.findByRole('region', { name: 'Sync under way' });
    expect(now).toHaveTextContent('asked for by admin');
    const sync = screen.getByRole('button', { name: 'Sync app…' });
    expect(sync).toHaveAccessibleDescription('A sync is under way.');
    expect(sync).toBeDisabled();
  });
});
