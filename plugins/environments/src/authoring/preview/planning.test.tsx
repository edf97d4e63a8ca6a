import { Operation } from '@greenroom/plugin-environments-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aBlueprint,
  aBlueprintVersion,
  aLogLine,
  anOperation,
  aStep,
} from '../../testing/builders';
import { renderPortal } from '../../testing/renderPortal';
import {
  aComponentPlan,
  aPlan,
  aResourceChange,
} from '../../testing/planBuilders';
import { refusal, SampleApi } from '../../testing/SampleApi';
import { keep } from '../kept';
import { starter } from '../starter';

const NEW = '/environments/blueprints/new';

function aTrial(part: Partial<Operation> = {}) {
  return anOperation({
    id: 'trial',
    dryRun: true,
    steps: [
      aStep({
        component: 'message',
        state: part.state === 'failed' ? 'failed' : 'succeeded',
      }),
    ],
    ...part,
  });
}

function sampleApi(trial: Operation = aTrial()) {
  return new SampleApi({
    blueprints: [aBlueprint()],
    versions: [aBlueprintVersion({ status: 'draft', version: '0.1.0' })],
    operations: [trial],
    logs: { trial: [aLogLine({ text: 'Error: no such pool' })] },
    plans: {
      trial: aPlan([
        aComponentPlan({
          component: 'message',
          summary: { add: 1, change: 0, remove: 0 },
          changes: [
            aResourceChange({
              address: 'terraform_data.message',
              action: 'add',
            }),
          ],
        }),
      ]),
    },
  });
}

async function open(view: 'Examples' | 'Form', api: SampleApi) {
  renderPortal(NEW, api);
  await screen.findByRole('textbox', { name: 'blueprint.yaml' });
  await userEvent.click(screen.getByRole('radio', { name: view }));
}

async function press(name: string) {
  await userEvent.click(await screen.findByRole('button', { name }));
}

/** Any change of what is written, by the way that a test can go most easily. */
async function changeTheText() {
  await press('Add a file…');
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText('Path'), 'notes.md');
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Add notes.md' }),
  );
}

describe('planning what is written', () => {
  afterEach(() => window.localStorage.clear());

  it('keeps the text as a draft, and shows what an example would make', async () => {
    const api = sampleApi();
    const create = jest.spyOn(api, 'createEnvironment');
    await open('Examples', api);
    await press('Plan usual');

    const report = await screen.findByRole('region', { name: 'Plan of usual' });
    expect(
      await within(report).findByText(/terraform_data\.message/),
    ).toBeInTheDocument();
    expect(report).toHaveTextContent('plan message');
    expect(api.done).toEqual([
      { what: 'publish', body: { ...starter(), draft: true } },
    ]);
    expect(create).toHaveBeenCalledTimes(1);
    expect(create.mock.calls[0][0]).toMatchObject({
      name: expect.stringMatching(/^try-usual-[0-9a-f]{6}$/),
      blueprint: 'my-blueprint',
      version: '0.1.0',
      // The blueprint's owner is not one that the caller may ask for.
      owner: 'group:default/checkout',
      inputs: { greeting: 'Hello' },
      dryRun: true,
      plan: true,
    });
  });

  it('follows the steps, and can be cancelled', async () => {
    const api = sampleApi(
      aTrial({
        state: 'running',
        steps: [aStep({ component: 'message', state: 'running' })],
      }),
    );
    await open('Examples', api);
    await press('Plan usual');
    expect(
      await screen.findByText('Planning message, step 1 of 1.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Plan usual' }),
    ).toHaveAccessibleDescription('The plan of usual is being made.');

    await press('Cancel plan of usual');
    await waitFor(() =>
      expect(api.done).toContainEqual({ what: 'cancel trial', body: {} }),
    );
  });

  it('is left alone before it has begun when it is cancelled', async () => {
    const api = sampleApi();
    api.publishBlueprint = () => new Promise(() => {});
    await open('Examples', api);
    await press('Plan usual');
    expect(
      await screen.findByText('Keeping the text as a draft'),
    ).toBeInTheDocument();

    await press('Cancel plan of usual');
    expect(
      screen.queryByRole('region', { name: 'Plan of usual' }),
    ).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Plan usual' })).toBeEnabled();
  });

  it('shows what the check finds wrong at its place, until the text is another', async () => {
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
    await open('Examples', api);
    await press('Plan usual');

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'No value for "pages". (module/main.tf, line 5)',
    );
    await press('module/main.tf, line 5 No value for "pages".');
    expect(
      await screen.findByRole('textbox', { name: 'module/main.tf' }),
    ).toHaveFocus();

    await changeTheText();
    expect(
      await screen.findByText(/this is about the text before/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Problems' }),
    ).not.toBeInTheDocument();
  });

  it('shows what the tool said last, and marks where it failed', async () => {
    await open(
      'Examples',
      sampleApi(
        aTrial({
          state: 'failed',
          problem: {
            code: 'terraform.failed',
            message: 'There is no pool "b".',
            place: { file: 'module/main.tf', line: 10 },
          },
        }),
      ),
    );
    await press('Plan usual');

    expect(await screen.findByText('Error: no such pool')).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: 'module/main.tf, line 10 There is no pool "b".',
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Plan usual' })).toBeEnabled();
  });

  it('says that a plan is of the text before', async () => {
    await open('Examples', sampleApi());
    await press('Plan usual');
    await screen.findByText(/terraform_data\.message/);
    expect(screen.queryByText(/The text has changed/)).not.toBeInTheDocument();

    await changeTheText();
    expect(await screen.findByText(/The text has changed/)).toBeInTheDocument();
  });

  it('says that there was no answer', async () => {
    const api = sampleApi();
    api.createEnvironment = async () => {
      throw new TypeError('Failed to fetch');
    };
    await open('Examples', api);
    await press('Plan usual');

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The plan could not be made',
    );
    expect(screen.getByRole('button', { name: 'Plan usual' })).toBeEnabled();
  });

  it('plans what is typed into the form, and keeps none of it', async () => {
    const { document, files } = starter();
    keep('new', {
      document: document
        .replace('required: [greeting]', 'required: [greeting, password]')
        .replace(
          '    properties:',
          '    properties:\n      password: { type: string, title: Password, ui:field: Secret }',
        )
        .replace(/ {2}examples:[^]*?(?= {2}ttl)/, ''),
      files,
    });
    const api = sampleApi();
    const create = jest.spyOn(api, 'createEnvironment');
    await open('Form', api);
    await press('Plan with these inputs');
    expect(await screen.findByText('This is needed.')).toBeInTheDocument();
    expect(api.done).toEqual([]);

    await userEvent.type(screen.getByLabelText(/Password/), 'opensesame');
    await press('Plan with these inputs');
    expect(
      await screen.findByRole('region', { name: 'Plan of form' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(create.mock.calls[0]?.[0].inputs).toEqual({
        greeting: 'Hello',
        password: 'opensesame',
      }),
    );
    for (const storage of [window.localStorage, window.sessionStorage]) {
      expect(JSON.stringify({ ...storage })).not.toContain('opensesame');
    }
  });

  it('shows what the portal has against an input beside its field', async () => {
    const api = sampleApi();
    api.createEnvironment = async () => {
      throw await refusal(400, [
        {
          code: 'input.value',
          message: 'Nobody greets like that.',
          field: '/inputs/greeting',
        },
      ]);
    };
    await open('Form', api);
    await press('Plan with these inputs');

    await waitFor(() =>
      expect(
        screen.getByRole('textbox', { name: /Greeting/ }),
      ).toHaveAccessibleDescription(/Nobody greets like that/),
    );
  });
});
