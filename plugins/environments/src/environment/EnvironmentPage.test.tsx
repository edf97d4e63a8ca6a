import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Environment } from '@greenroom/plugin-environments-common';
import {
  aBlueprint,
  aBlueprintVersion,
  anEnvironment,
  anOperation,
} from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

function apiWith(part: Partial<Environment> = {}) {
  const environment = anEnvironment(part);
  return new SampleApi({
    environments: [environment],
    operations: [
      anOperation({ environmentName: environment.name }),
      anOperation({ id: 'op-2', number: 2, kind: 'destroy', state: 'running' }),
    ],
    resources: {
      'env-1': [
        {
          component: 'site',
          address: 'local_file.page["1"]',
          type: 'local_file',
        },
      ],
    },
  });
}

/** Opens the menu of an environment and takes one of its items. */
async function choose(item: RegExp) {
  await openMenu();
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
}

async function openMenu() {
  await userEvent.click(
    await screen.findByRole('button', { name: 'More for shop-demo' }),
  );
}

describe('the page of an environment', () => {
  it('opens outputs that are web addresses, and no others', async () => {
    const output = { title: 'Open', sensitive: false };
    renderPortal(
      '/environments/e/shop-demo',
      apiWith({
        outputs: [
          { ...output, name: 'url', value: 'https://shop.example' },
          {
            ...output,
            name: 'bad',
            title: 'Trap',
            value: `javascript${':'}alert(1)`,
          },
        ],
      }),
    );

    const open = await screen.findByRole('link', { name: 'Open' });
    expect(open).toHaveAttribute('href', 'https://shop.example/');
    expect(open).toHaveAttribute('rel', expect.stringContaining('noopener'));
    expect(screen.queryByRole('link', { name: 'Trap' })).toBeNull();
  });

  it('says when it sleeps next, and by whose schedule', async () => {
    renderPortal(
      '/environments/e/shop-demo',
      apiWith({
        schedule: {
          sleep: '0 19 * * 1-5',
          timeZone: 'Europe/Berlin',
          rule: 'blueprint',
          next: { kind: 'sleep', at: '2040-11-20T18:00:00.000Z' },
        },
      }),
    );

    const line = await screen.findByText(/by its blueprint's schedule/);
    expect(line).toHaveTextContent(/^Sleeps .*2040.* in Europe\/Berlin\.$/);
    expect(line.title).toBe(
      'Sleeps at 0 19 * * 1-5; wakes when somebody wakes it; Europe/Berlin',
    );
  });

  it('says of one that was woken in its sleep that it is awake', async () => {
    renderPortal(
      '/environments/e/shop-demo',
      apiWith({
        state: 'running',
        schedule: {
          sleep: '0 19 * * 1-5',
          timeZone: 'Europe/Berlin',
          rule: 'blueprint',
          next: { kind: 'wake', at: '2040-11-20T07:00:00.000Z' },
        },
      }),
    );
    expect(
      await screen.findByText(/by its blueprint's schedule/),
    ).toHaveTextContent(/^Awake, though it would sleep until .*2040/);
  });

  it('says what it costs, and whose estimate that is, while it is there', async () => {
    const cost = { perDay: 12.4, asleepPerDay: 2, currency: 'EUR' };
    const { unmount } = renderPortal(
      '/environments/e/shop-demo',
      apiWith({ cost }),
    );
    const told = /about €12\.40 a day, €2\.00 while asleep, as its .*author/;
    expect(await screen.findByText(told)).toBeInTheDocument();
    unmount();

    const destroyedAt = '2026-11-01T12:00:00.000Z';
    renderPortal(
      '/environments/e/shop-demo',
      apiWith({ cost, state: 'destroyed', destroyedAt }),
    );
    await screen.findByText(/It was taken down/);
    expect(screen.queryByText(told)).toBeNull();
  });

  it('never shows what is sensitive', async () => {
    renderPortal(
      '/environments/e/shop-demo',
      apiWith({
        outputs: [{ name: 'password', title: 'Password', sensitive: true }],
      }),
    );

    expect(await screen.findByText('Sensitive, not shown')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Copy Password' })).toBeNull();
  });

  it('says what will be lost before it destroys, then shows the operation', async () => {
    const api = apiWith();
    renderPortal('/environments/e/shop-demo', api);

    await choose(/^Destroy/);
    const dialog = await screen.findByRole('dialog', {
      name: 'Destroy shop-demo',
    });
    expect(dialog).toHaveTextContent('5 resources will be destroyed');
    await userEvent.type(
      within(dialog).getByLabelText(/Reason/),
      'Done with it',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Destroy shop-demo' }),
    );

    expect(
      await screen.findByRole('heading', { name: /of shop-demo$/ }),
    ).toBeInTheDocument();
    expect(api.submitted).toEqual([
      { id: 'env-1', kind: 'destroy', reason: 'Done with it' },
    ]);
  });

  it.each([
    [['front', 'back'], 0, 'Read by front, back.'],
    [['front'], 2, 'Read by front, 2 more.'],
    [[], 1, 'Read by 1 environment.'],
  ])(
    'says before it destroys that %j and %d others read it',
    async (names, others, told) => {
      const environments = names.map(name => ({ id: name, name }));
      renderPortal(
        '/environments/e/shop-demo',
        apiWith({ readBy: { environments, others } }),
      );

      await choose(/^Destroy/);
      const dialog = await screen.findByRole('dialog', {
        name: 'Destroy shop-demo',
      });
      expect(dialog).toHaveTextContent(told);
    },
  );

  it('keeps the dialog open and says why when the destroy is refused', async () => {
    const api = apiWith();
    jest.spyOn(api, 'submitOperation').mockRejectedValue(
      await refusal(409, [
        {
          code: 'environment.busy',
          message: 'Operation #3 is running.',
          remedy: 'Wait until it has ended.',
        },
      ]),
    );
    renderPortal('/environments/e/shop-demo', api);

    await choose(/^Destroy/);
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Destroy shop-demo' }),
    );

    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'shop-demo was not destroyed: operation #3 is running.Wait until it has ended.',
    );
  });

  it('saves it as plain Terraform', async () => {
    const saved: string[] = [];
    // The DOM of these tests keeps no files.
    Object.assign(URL, {
      createObjectURL: () => 'blob:portal/1',
      revokeObjectURL: () => {},
    });
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
    renderPortal('/environments/e/shop-demo', apiWith());

    await choose(/^Take shop-demo out as Terraform/);
    await waitFor(() => expect(saved).toEqual(['shop-demo.zip']));
    jest.restoreAllMocks();
  });

  it('says why it could not be taken out', async () => {
    const api = apiWith();
    jest.spyOn(api, 'ejectEnvironment').mockRejectedValue(
      await refusal(409, [
        {
          code: 'environment.eject.nothing',
          message: 'Nothing of shop-demo is there to be taken out.',
          remedy: 'Take out an environment that has been made.',
        },
      ]),
    );
    renderPortal('/environments/e/shop-demo', api);

    await choose(/^Take shop-demo out as Terraform/);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /shop-demo was not taken out: nothing of shop-demo.*been made/,
    );
  });

  it('shows what one may not do, with the reason', async () => {
    // Answers about permissions are kept, so this one is asked about another environment.
    renderPortal('/environments/e/shop-demo', apiWith({ id: 'env-other' }), {
      allowed: false,
    });

    await openMenu();
    const item = await screen.findByRole('menuitem', { name: /^Destroy/ });
    expect(item).toHaveAttribute('aria-disabled', 'true');
    expect(item).toHaveTextContent('You may not destroy this environment.');
    expect(
      screen.getByRole('menuitem', { name: /^Resume/ }),
    ).toBeInTheDocument();
  });

  it('names what has it, and queues behind that only when one asks for it', async () => {
    const api = apiWith({
      state: 'updating',
      activeOperation: anOperation({
        id: 'op-2',
        number: 2,
        kind: 'update',
        state: 'running',
      }),
    });
    renderPortal('/environments/e/shop-demo', api);
    expect(
      await screen.findByText('Other changes can be queued behind it.'),
    ).toBeInTheDocument();

    await choose(/^Pause/);
    const dialog = within(await screen.findByRole('dialog'));
    const pause = dialog.getByRole('button', { name: 'Pause shop-demo' });
    expect(pause).toBeDisabled();
    await userEvent.click(
      dialog.getByRole('checkbox', {
        name: 'Queue behind update #2, which is under way',
      }),
    );
    await userEvent.click(
      dialog.getByRole('checkbox', {
        name: 'Wait for my word before applying',
      }),
    );
    await userEvent.click(pause);

    await screen.findByRole('heading', { name: /of shop-demo$/ });
    expect(api.submitted).toEqual([
      { id: 'env-1', kind: 'pause', confirm: true, whenBusy: 'queue' },
    ]);
  });

  it('shows the plan first as a dry run', async () => {
    const api = apiWith();
    jest
      .spyOn(api, 'submitOperation')
      .mockResolvedValue(anOperation({ id: 'op-2', number: 2, dryRun: true }));
    renderPortal('/environments/e/shop-demo', api);

    await choose(/^Remediate/);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the plan first' }),
    );

    expect(
      await screen.findByRole('heading', { name: /of shop-demo$/ }),
    ).toBeInTheDocument();
    expect(api.submitOperation).toHaveBeenCalledWith(
      'env-1',
      expect.objectContaining({ kind: 'remediate', dryRun: true }),
      expect.anything(),
    );
  });

  it('lists its operations in a tab of its own, with filters in the address', async () => {
    renderPortal(
      '/environments/e/shop-demo?tab=operations&kind=create',
      apiWith(),
    );

    const table = await screen.findByRole('grid', { name: 'Operations' });
    expect(
      await within(table).findByRole('link', {
        name: 'Create #1 of shop-demo',
      }),
    ).toBeInTheDocument();
    expect(
      within(table).queryByRole('link', { name: /Destroy #2/ }),
    ).toBeNull();
  });

  it('tells of a destroyed environment what it was, and offers nothing to do to it', async () => {
    renderPortal(
      '/environments/e/shop-demo?id=env-1',
      apiWith({
        state: 'destroyed',
        destroyedAt: '2026-11-19T10:00:00.000Z',
      }),
    );

    expect(
      await screen.findByText(/It was taken down .* nothing of it is left/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /More for/ })).toBeNull();
    expect(
      await screen.findAllByRole('link', { name: 'Create #1' }),
    ).not.toHaveLength(0);
  });

  it('says so when there is no such environment', async () => {
    renderPortal('/environments/e/nobody', apiWith());

    expect(
      await screen.findByText('There is no environment “nobody”'),
    ).toBeInTheDocument();
  });

  it('says that it is behind, by what, and what is newly needed', async () => {
    const newer = aBlueprintVersion({
      version: '1.3.0',
      inputs: {
        type: 'object',
        required: ['title', 'region'],
        properties: { title: { type: 'string' }, region: { type: 'string' } },
      },
    });
    const api = new SampleApi({
      environments: [anEnvironment()],
      operations: [anOperation()],
      blueprints: [aBlueprint({ recommendedVersion: '1.3.0' })],
      versions: [aBlueprintVersion(), newer],
    });
    renderPortal('/environments/e/shop-demo', api);

    const link = await screen.findByRole('link', {
      name: '1.3.0 recommended: 1 change',
    });
    expect(link).toHaveAttribute('href', '/environments/e/shop-demo/upgrade');
    const card = screen.getByRole('region', { name: '1.3.0 recommended' });
    expect(card).toHaveTextContent('It is behind, on 1.2.0.');
    expect(card).toHaveTextContent('Newly needed: region.');
    expect(card).toHaveTextContent('“region” is new and must be given.');
  });

  it('says nothing of upgrades on the recommended version', async () => {
    const api = new SampleApi({
      environments: [anEnvironment()],
      operations: [anOperation()],
      blueprints: [aBlueprint()],
      versions: [aBlueprintVersion()],
    });
    renderPortal('/environments/e/shop-demo', api);

    await screen.findByRole('heading', { name: 'shop-demo' });
    expect(screen.queryByText(/recommended/)).toBeNull();
  });
});
