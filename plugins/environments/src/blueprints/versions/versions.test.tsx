import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aBlueprint, aBlueprintVersion } from '../../testing/builders';
import { renderPortal } from '../../testing/renderPortal';
import { SampleApi } from '../../testing/SampleApi';

const PAGE = '/environments/blueprints/site-sandbox?tab=versions';

function sampleApi() {
  return new SampleApi({
    blueprints: [aBlueprint()],
    versions: [
      aBlueprintVersion({ version: '1.3.0', status: 'draft' }),
      aBlueprintVersion(),
      aBlueprintVersion({ version: '1.1.0' }),
    ],
  });
}

async function open(version: string, item: string) {
  await userEvent.click(
    await screen.findByRole('button', { name: `More for ${version}` }),
  );
  await userEvent.click(screen.getByRole('menuitem', { name: item }));
  return screen.findByRole('dialog');
}

describe('what can be done with a version', () => {
  it('publishes a draft, and says what follows', async () => {
    const api = sampleApi();
    renderPortal(PAGE, api);
    const dialog = await open('1.3.0', 'Publish 1.3.0…');

    expect(dialog).toHaveTextContent(
      '1.3.0 is recommended in place of 1.2.0: new environments are made of it',
    );
    const publish = within(dialog).getByRole('button', {
      name: 'Publish 1.3.0',
    });
    expect(publish).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'Tried');
    await userEvent.click(publish);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.done).toEqual([
      {
        what: 'move site-sandbox 1.3.0',
        body: { status: 'published', reason: 'Tried' },
      },
    ]);
  });

  it('deprecates with a message and a replacement', async () => {
    const api = sampleApi();
    renderPortal(PAGE, api);
    const dialog = await open('1.1.0', 'Deprecate 1.1.0…');

    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'Old');
    const act = within(dialog).getByRole('button', { name: 'Deprecate 1.1.0' });
    expect(act).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText(/Message/), 'Slow.');
    await userEvent.click(act);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.done[0].body).toEqual({
      status: 'deprecated',
      reason: 'Old',
      message: 'Slow.',
      replacement: '1.2.0',
    });
  });

  it('keeps the dialog open, and says why, when it is refused', async () => {
    const api = sampleApi();
    api.recommendBlueprintVersion = async () => {
      throw new TypeError('Failed to fetch');
    };
    renderPortal(PAGE, api);
    const dialog = await open('1.1.0', 'Recommend 1.1.0…');
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'Safer');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Recommend 1.1.0' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      '1.1.0 was not recommended: the server could not be reached.',
    );
  });

  it('says why something is not possible now', async () => {
    renderPortal(PAGE, sampleApi());
    await userEvent.click(
      await screen.findByRole('button', { name: 'More for 1.3.0' }),
    );
    const retire = screen.getByRole('menuitem', { name: /^Retire 1\.3\.0…/ });
    expect(retire).toHaveAttribute('aria-disabled', 'true');
    expect(retire).toHaveTextContent('It is not published yet.');
  });
});
