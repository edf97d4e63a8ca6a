import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';
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
