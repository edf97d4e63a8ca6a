import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { JsonObject } from '@greenroom/plugin-environments-common';
import {
  aBlueprint,
  aBlueprintVersion,
  anEnvironment,
  anOperation,
} from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

function sampleData() {
  return {
    blueprints: [aBlueprint()],
    versions: [aBlueprintVersion()],
    environments: [anEnvironment({ id: 'env-1', name: 'shop-demo' })],
    operations: [anOperation()],
  };
}

function sampleApi() {
  return new SampleApi(sampleData());
}

async function renderForm(api = sampleApi()) {
  renderPortal('/environments/create/site-sandbox', api);
  await screen.findByRole('textbox', { name: /^Title/ });
  return {
    api,
    name: screen.getByRole('textbox', { name: /^Name/ }),
    title: screen.getByRole('textbox', { name: /^Title/ }),
    pages: screen.getByRole('textbox', { name: /^Pages/ }),
  };
}

async function replace(field: HTMLElement, text: string) {
  await userEvent.clear(field);
  await userEvent.type(field, text);
}

describe('the form of a create', () => {
  it('suggests a name, a team and the blueprint’s own values', async () => {
    const { name, pages } = await renderForm();

    expect(name).toHaveValue('site-sandbox-mira');
    expect(pages).toHaveValue('3');
    expect(
      screen.getByRole('button', { name: /checkout Owner/ }),
    ).toBeInTheDocument();
    expect(screen.getByText(/2 h from the request/)).toBeInTheDocument();
  });

  it('says what it would cost, once the server has looked at it', async () => {
    const cost = { perDay: 1.2, asleepPerDay: 1.2, currency: 'EUR' };
    const { title } = await renderForm(
      new SampleApi({ ...sampleData(), cost }),
    );
    expect(screen.queryByText('Costs')).toBeNull();
    await userEvent.type(title, 'Tea');

    expect(
      await screen.findByText(/^about €1\.20 a day, as .* estimates$/),
    ).toBeInTheDocument();
  });

  it('says nothing about a field before it has been left', async () => {
    const { title } = await renderForm();
    await userEvent.type(title, 'ab');
    expect(screen.queryByText('At least 3 characters.')).toBeNull();

    await userEvent.tab();

    expect(
      await screen.findByText('At least 3 characters.'),
    ).toBeInTheDocument();
    expect(title).toBeInvalid();
    expect(title).toHaveAccessibleDescription(/At least 3 characters\./);
  });

  it('says everything at once when one tries to create, and goes to the first error', async () => {
    const { api, title, name } = await renderForm();

    await userEvent.click(screen.getByRole('button', { name: /^Create / }));

    expect(await screen.findByText('This is needed.')).toBeInTheDocument();
    await waitFor(() => expect(title).toHaveFocus());
    expect(name).toBeValid();
    expect(api.created).toEqual([]);
  });

  it('says how a name must be without asking the server', async () => {
    const { name } = await renderForm();
    await replace(name, 'My shop');
    await userEvent.tab();

    expect(await screen.findByText(/for example my-shop/)).toBeInTheDocument();
    expect(name).toBeInvalid();
  });

  it('shows beside its field what the server has against it', async () => {
    const { name, title } = await renderForm();
    await userEvent.type(title, 'Shop');
    await replace(name, 'shop-demo');
    await userEvent.tab();

    expect(
      await screen.findByText(
        'The name "shop-demo" is taken by a living environment. Choose another name.',
      ),
    ).toBeInTheDocument();
    expect(name).toBeInvalid();
  });

  it('maps problems to inputs by their pointers, and shows the others on top', async () => {
    const api = sampleApi();
    jest.spyOn(api, 'createEnvironment').mockRejectedValue(
      await refusal(400, [
        { code: 'x', message: 'Not a good title.', field: '/inputs/title' },
        { code: 'y', message: 'The blueprint is being withdrawn.' },
      ]),
    );
    const { title } = await renderForm(api);
    await userEvent.type(title, 'Shop');
    await userEvent.click(screen.getByRole('button', { name: /^Create / }));

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The blueprint is being withdrawn.',
    );
    expect(title).toHaveAccessibleDescription(/Not a good title\./);
  });

  it('refuses a length beyond the maximum', async () => {
    const { title, api } = await renderForm();
    await userEvent.type(title, 'Shop');
    await userEvent.click(screen.getByRole('button', { name: /Time to live/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Another length…' }),
    );
    await replace(screen.getByRole('textbox', { name: 'Length' }), '9d');
    await userEvent.click(screen.getByRole('button', { name: /^Create / }));

    expect(await screen.findByText('At most 3 d.')).toBeInTheDocument();
    expect(api.created).toEqual([]);
  });

  it('creates with one key, and leads to the operation at once', async () => {
    const api = sampleApi();
    const create = jest.spyOn(api, 'createEnvironment');
    const { name, title } = await renderForm(api);
    await replace(name, 'new-one');
    await userEvent.type(title, 'Shop');
    await userEvent.click(
      screen.getByRole('button', { name: 'Create new-one' }),
    );

    expect(
      await screen.findByRole('heading', { name: 'Create of shop-demo' }),
    ).toBeInTheDocument();
    expect(api.created).toEqual([
      {
        name: 'new-one',
        blueprint: 'site-sandbox',
        version: '1.2.0',
        owner: 'group:default/checkout',
        inputs: { title: 'Shop', colour: 'green', pages: 3, indexed: false },
        ttl: undefined,
      },
    ]);
    const real = create.mock.calls.find(([request]) => !request.dryRun);
    expect(real?.[1].idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
  });

  it('takes labels along, and says what is wrong with them', async () => {
    const { api, title } = await renderForm();
    await userEvent.type(title, 'Shop');
    await userEvent.click(screen.getByText('Labels, optional'));
    const label = screen.getByRole('textbox', { name: /^Label/ });
    await userEvent.type(label, 'team=checkout{Enter}greenroom.dev/x{Enter}');
    expect(
      screen.getByText(/Labels that begin with greenroom.dev\//),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /^Create / }));
    expect(api.created).toEqual([]);

    await replace(label, 'tier=2');
    await userEvent.click(screen.getByRole('button', { name: /^Create / }));
    await waitFor(() =>
      expect(api.created).toMatchObject([
        { labels: { team: 'checkout', tier: '2' } },
      ]),
    );
  });

  it('does not send what a condition has taken away again', async () => {
    const version = aBlueprintVersion();
    const conditional: JsonObject = {
      ...version.inputs,
      dependencies: {
        indexed: {
          oneOf: [
            { properties: { indexed: { const: false } } },
            {
              properties: {
                indexed: { const: true },
                robots: { type: 'string', title: 'Robots' },
              },
            },
          ],
        },
      },
    };
    const api = new SampleApi({
      ...sampleData(),
      versions: [{ ...version, inputs: conditional }],
    });
    const { title } = await renderForm(api);
    await userEvent.type(title, 'Shop');
    const indexed = screen.getByRole('checkbox', { name: /search engines/ });
    await userEvent.click(indexed);
    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Robots/ }),
      'all',
    );
    await userEvent.click(indexed);
    await userEvent.click(screen.getByRole('button', { name: /^Create / }));

    await waitFor(() => expect(api.created).toHaveLength(1));
    expect(api.created[0].inputs).toEqual({
      title: 'Shop',
      colour: 'green',
      pages: 3,
      indexed: false,
    });
  });

  it('keeps what was entered when the server can’t be reached, and repeats with the same key', async () => {
    const api = sampleApi();
    const create = jest
      .spyOn(api, 'createEnvironment')
      .mockRejectedValue(new TypeError('Failed to fetch'));
    const { title } = await renderForm(api);
    await userEvent.type(title, 'Shop');
    const button = screen.getByRole('button', { name: /^Create / });
    await userEvent.click(button);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'site-sandbox-mira was not created: the server could not be reached.',
    );
    await userEvent.click(button);

    await waitFor(() => {
      const keys = create.mock.calls
        .filter(([request]) => !request.dryRun)
        .map(([, { idempotencyKey }]) => idempotencyKey);
      expect(keys).toHaveLength(2);
      expect(new Set(keys).size).toBe(1);
    });
    expect(title).toHaveValue('Shop');
  });

  it('offers no form where nothing is published', async () => {
    renderPortal(
      '/environments/create/site-sandbox',
      new SampleApi({
        blueprints: [aBlueprint({ recommendedVersion: undefined })],
      }),
    );

    expect(
      await screen.findByText('No version of site-sandbox is published'),
    ).toBeInTheDocument();
  });
});
