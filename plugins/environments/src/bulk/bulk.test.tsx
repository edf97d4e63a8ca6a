import { BulkOutcome } from '@greenroom/plugin-environments-common';
import { act as acting, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';
import { inTurn, typedWord } from './words';

const NAMES = ['ash', 'birch', 'cedar', 'dogwood', 'elm'];

function apiWith(protectedName?: string) {
  return new SampleApi({
    environments: NAMES.map((name, index) =>
      anEnvironment({
        id: `env-${index}`,
        name,
        lease: {
          grantedAt: '2026-11-20T18:00:00.000Z',
          expiresAt: '2040-11-20T18:00:00.000Z',
          onExpiry: 'destroy',
          reason: 'the usual',
          protection:
            name === protectedName
              ? {
                  since: '2026-11-20T18:00:00.000Z',
                  by: 'user:default/mira',
                  reason: 'a demo',
                }
              : undefined,
        },
      }),
    ),
  });
}

const select = async (name: string) =>
  userEvent.click(
    within(
      await screen.findByRole('row', { name: new RegExp(name) }),
    ).getByRole('checkbox'),
  );
const bar = () =>
  screen.findByRole('region', { name: 'Selected environments' });

async function ask(action: string) {
  await userEvent.click(
    within(await bar()).getByRole('button', { name: `${action}…` }),
  );
  return screen.findByRole('dialog');
}

describe('the environments that are selected', () => {
  it('are extended after a look at what would come of each', async () => {
    const api = apiWith();
    renderPortal('/environments', api);
    await select('ash');
    await select('birch');
    expect(await bar()).toHaveTextContent('2 selected');
    const dialog = await ask('Extend');
    const preview = await within(dialog).findByRole('region', {
      name: 'What would come of each',
    });
    expect(within(preview).getAllByRole('listitem')).toHaveLength(2);
    expect(api.done).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Extend 2 environments' }),
    );
    expect(
      await within(dialog).findByText('2 environments extended.'),
    ).toBeInTheDocument();
    expect(api.done).toEqual([
      {
        what: 'extend many',
        body: { action: 'extend', ids: ['env-0', 'env-1'], count: 2 },
      },
    ]);
  });

  it('are destroyed once somebody has typed how many; what is protected stays', async () => {
    const api = apiWith('cedar');
    renderPortal('/environments', api);
    await select('ash');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Select all 5 that match' }),
    );
    expect(await bar()).toHaveTextContent('5 selected');
    const dialog = await ask('Destroy');
    expect(
      await within(dialog).findByText(/cedar is protected by/),
    ).toBeInTheDocument();
    expect(dialog).toHaveTextContent('1 refused, and left as they are');
    const act = within(dialog).getByRole('button', {
      name: 'Destroy 4 environments',
    });
    expect(act).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /destroy 4/ }),
      'destroy 4',
    );
    await userEvent.click(act);
    const links = await within(dialog).findAllByRole('link', {
      name: 'Being destroyed, operation 9',
    });
    expect(links).toHaveLength(4);
    expect(api.done).toMatchObject([
      { what: 'destroy many', body: { count: 4 } },
    ]);
  });
});

describe('a change of many that does not go as it was foreseen', () => {
  const extendTwo = async (api: SampleApi) => {
    renderPortal('/environments', api);
    await select('ash');
    await select('birch');
    const dialog = await ask('Extend');
    await userEvent.click(
      await within(dialog).findByRole('button', {
        name: 'Extend 2 environments',
      }),
    );
    return dialog;
  };
  /** What is asked for real is answered otherwise than the look before. */
  const answering = (
    api: SampleApi,
    answer: (outcome: BulkOutcome) => Promise<BulkOutcome>,
  ) => {
    const change = api.changeEnvironments.bind(api);
    api.changeEnvironments = async request => {
      const outcome = await change(request);
      return request.dryRun ? outcome : answer(outcome);
    };
    return api;
  };

  it('says which one was refused and why, and that the others are done', async () => {
    const api = answering(apiWith(), async outcome => ({
      ...outcome,
      items: outcome.items.map(item =>
        item.name === 'birch'
          ? {
              ...item,
              problem: {
                code: 'environment.not-allowed',
                message: 'You may not do this to birch; it belongs to elm.',
              },
            }
          : item,
      ),
    }));
    const dialog = await extendTwo(api);
    expect(
      await within(dialog).findByText('1 environment extended, 1 refused.'),
    ).toBeInTheDocument();
    const items = within(dialog).getAllByRole('listitem');
    expect(items[1]).toHaveTextContent(/birch.*Refused: You may not do this/);
    expect(
      within(dialog).queryByRole('button', { name: /^Extend/ }),
    ).not.toBeInTheDocument();
  });

  it('says how far it got when it is refused as a whole, and may be asked again', async () => {
    let isRefused = true;
    const problem = {
      code: 'bulk.count',
      message: 'You expect 2 environments, and there are 3.',
    };
    const api = answering(apiWith(), async outcome => {
      if (isRefused) throw await refusal(409, [problem]);
      return outcome;
    });
    const dialog = await extendTwo(api);
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      /After 0 of 2 it went no further.*there are 3/,
    );
    isRefused = false;
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Extend 2 environments' }),
    );
    expect(
      await within(dialog).findByText('2 environments extended.'),
    ).toBeInTheDocument();
  });

  it('does nothing before it knows what would come of each', async () => {
    const api = apiWith();
    api.changeEnvironments = async () => {
      throw await refusal(503, []);
    };
    renderPortal('/environments', api);
    await select('ash');
    const dialog = await ask('Destroy');
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'What would come of them could not be found out',
    );
    expect(
      within(dialog).getByRole('button', { name: 'Destroy 0 environments' }),
    ).toBeDisabled();
  });

  it('is asked for by the keyboard alone, and left by it', async () => {
    const api = apiWith();
    renderPortal('/environments', api);
    const row = await screen.findByRole('row', { name: /ash/ });
    acting(() => within(row).getByRole('checkbox').focus());
    await userEvent.keyboard(' ');
    const pause = within(await bar()).getByRole('button', { name: 'Pause…' });
    acting(() => pause.focus());
    await userEvent.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByRole('button', { name: 'Pause 1 environment' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    // What was selected is still so: nothing was done.
    expect(await bar()).toHaveTextContent('1 selected');
    expect(api.done).toEqual([]);
  });
});

describe('the words of a change of many', () => {
  it('ask for typing only where many are destroyed', () => {
    expect(typedWord('destroy', 3)).toBeUndefined();
    expect(typedWord('destroy', 4)).toBe('destroy 4');
    expect(typedWord('pause', 40)).toBeUndefined();
  });

  it('put what is refused last', () => {
    const problem = { code: 'x', message: 'no' };
    const items = [
      { environmentId: '1', name: 'b', problem },
      { environmentId: '2', name: 'c' },
      { environmentId: '3', name: 'a' },
    ];
    expect(inTurn(items).map(({ name }) => name)).toEqual(['a', 'c', 'b']);
  });
});
