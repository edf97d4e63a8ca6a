import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

function watchedBy(...people: string[]) {
  return new SampleApi({
    environments: [
      anEnvironment({
        watchers: people.map(person => ({
          watcher: `user:default/${person}`,
          since: '2026-11-20T18:00:00.000Z',
        })),
      }),
    ],
  });
}

const button = (name: string) => screen.findByRole('button', { name });

describe('who watches an environment', () => {
  it('stands on its page, and whoever sees it may be one of them', async () => {
    const api = watchedBy('jon');
    renderPortal('/environments/e/shop-demo', api);
    expect(await screen.findByText(/Watched by/)).toHaveTextContent(
      'Watched by jon',
    );
    await userEvent.click(await button('Watch shop-demo'));
    await button('Stop watching shop-demo');
    expect(screen.getByText(/Watched by/)).toHaveTextContent(
      'Watched by jon, mira',
    );
    expect(api.done).toEqual([{ what: 'watch env-1' }]);
  });

  it('stops to on their own word', async () => {
    const api = watchedBy('mira');
    renderPortal('/environments/e/shop-demo', api);
    await userEvent.click(await button('Stop watching shop-demo'));
    await button('Watch shop-demo');
    expect(screen.queryByText(/Watched by/)).not.toBeInTheDocument();
    expect(api.done).toEqual([{ what: 'unwatch env-1' }]);
  });

  it('is counted where naming them all would take the page', async () => {
    renderPortal(
      '/environments/e/shop-demo',
      watchedBy('jon', 'amir', 'lena', 'ravi', 'zoe'),
    );
    expect(await screen.findByText(/Watched by/)).toHaveTextContent(
      'Watched by jon, amir, lena and 2 more',
    );
  });

  it('is told when that was not changed, and why', async () => {
    const api = watchedBy();
    api.watchEnvironment = async () => {
      throw await refusal(409, [
        {
          code: 'watcher.limit',
          message: '50 people watch this environment, and more may not.',
          remedy: 'Ask one of them to stop.',
        },
      ]);
    };
    renderPortal('/environments/e/shop-demo', api);
    await userEvent.click(await button('Watch shop-demo'));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'Whether you watch shop-demo was not changed: 50 people watch',
    );
    expect(alert).toHaveTextContent('Ask one of them to stop.');
  });
});
