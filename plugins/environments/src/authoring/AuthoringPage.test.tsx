import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aBlueprint, aBlueprintVersion } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';
import { writeText } from './files';
import { keep, readKept } from './kept';
import { starter } from './starter';

const NEW = '/environments/blueprints/new';

function sampleApi() {
  return new SampleApi({
    blueprints: [aBlueprint()],
    versions: [aBlueprintVersion({ status: 'draft', version: '0.1.0' })],
  });
}

async function ready() {
  return screen.findByRole('textbox', { name: 'blueprint.yaml' });
}

describe('the authoring page', () => {
  afterEach(() => window.localStorage.clear());

  it('begins with a blueprint that is right, and shows what it amounts to', async () => {
    renderPortal(NEW, sampleApi());

    expect(await ready()).toHaveTextContent('name: my-blueprint');
    await userEvent.click(screen.getByRole('radio', { name: 'List' }));
    expect(
      screen.getByRole('button', { name: /^message.*terraform/ }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Form' }));
    expect(
      await screen.findByRole('textbox', { name: /Greeting/ }),
    ).toHaveValue('Hello');
    await userEvent.click(screen.getByRole('radio', { name: 'Examples' }));
    expect(screen.getByRole('region', { name: 'usual' })).toHaveTextContent(
      'name: "example"greeting: "Hello"',
    );
  });

  it('goes on with what is kept, says what is wrong with it, and keeps it from being published', async () => {
    const { document, files } = starter();
    keep('new', { document: document.replace('owner:', 'ower:'), files });
    renderPortal(NEW, sampleApi());
    await ready();

    const problems = screen.getByRole('region', { name: 'Problems' });
    expect(
      within(problems).getByRole('button', {
        name: /blueprint\.yaml, line 10 .*ower.*Did you mean "owner"/,
      }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Mend \d problems? first/)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Publish 0.1.0' }),
    ).toBeDisabled();
  });

  it('begins again when asked to, and forgets', async () => {
    keep('new', { document: 'kind: Other', files: {} });
    renderPortal(NEW, sampleApi());
    expect(await ready()).toHaveTextContent('kind: Other');

    await userEvent.click(screen.getByRole('button', { name: 'Begin again…' }));
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Begin again from a small one that is right',
      }),
    );
    expect(await ready()).toHaveTextContent('name: my-blueprint');
    expect(readKept('new')).toBeUndefined();
  });

  it('sends a draft with its files, and says what became of it', async () => {
    const api = sampleApi();
    renderPortal(NEW, api);
    await ready();
    await userEvent.click(
      screen.getByRole('button', { name: 'Keep 0.1.0 as a draft' }),
    );

    expect(
      await screen.findByText(/0\.1\.0 is right, and kept as a draft/),
    ).toBeInTheDocument();
    expect(api.done).toEqual([
      { what: 'publish', body: { ...starter(), draft: true } },
    ]);
  });

  it('shows what the portal refuses at its place, in the file where it stands', async () => {
    const api = sampleApi();
    api.publishBlueprint = async () => {
      throw await refusal(400, [
        {
          code: 'terraform.variable.missing',
          message: 'No value for "pages".',
          place: { file: 'module/main.tf', line: 5 },
        },
      ]);
    };
    renderPortal(NEW, api);
    await ready();
    await userEvent.click(
      screen.getByRole('button', { name: 'Publish 0.1.0' }),
    );
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'module/main.tf, line 5 No value for "pages".',
      }),
    );

    const file = await screen.findByRole('textbox', { name: 'module/main.tf' });
    expect(file).toHaveFocus();
    expect(screen.getByRole('button', { name: /\bFile$/ })).toHaveTextContent(
      'module/main.tf, 1 problem',
    );
  });

  it('adds and deletes files, whose names are checked', async () => {
    renderPortal(NEW, sampleApi());
    await ready();
    await userEvent.click(screen.getByRole('button', { name: 'Add a file…' }));
    const dialog = await screen.findByRole('dialog');
    const path = within(dialog).getByLabelText('Path');
    await userEvent.type(path, 'module');
    expect(dialog).toHaveTextContent('It is a folder');
    await userEvent.type(path, '/outputs.tf');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Add module/outputs.tf' }),
    );
    expect(
      await screen.findByRole('textbox', { name: 'module/outputs.tf' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(Object.keys(readKept('new')?.files ?? {})).toEqual([
        'module/main.tf',
        'module/outputs.tf',
      ]),
    );

    await userEvent.click(
      screen.getByRole('button', { name: 'Delete module/outputs.tf…' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Delete module/outputs.tf' }),
    );
    expect(await ready()).toBeInTheDocument();
    await waitFor(() =>
      expect(readKept('new')?.files).toEqual(starter().files),
    );
  });

  it('begins the next version of a blueprint from one that is published', async () => {
    const source = {
      document: 'metadata:\n  name: site-sandbox\nspec:\n  version: 1.2.0\n',
      files: { 'site/logo.png': '/9j/4AAQ', 'site/main.tf': writeText('a') },
    };
    renderPortal(
      '/environments/blueprints/site-sandbox/edit?version=1.2.0',
      new SampleApi({
        blueprints: [aBlueprint()],
        versions: [aBlueprintVersion()],
        sources: { 'site-sandbox 1.2.0': source },
      }),
    );

    expect(await ready()).toHaveTextContent('version: 1.3.0');
    await userEvent.click(screen.getByRole('button', { name: /\bFile$/ }));
    await userEvent.click(
      screen.getByRole('option', { name: 'site/logo.png' }),
    );
    expect(await screen.findByText(/It holds no text/)).toBeInTheDocument();
  });
});
