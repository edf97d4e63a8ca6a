import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  createFormField,
  formFieldsApiRef,
  ScaffolderFormFieldsApi,
} from '@backstage/plugin-scaffolder-react/alpha';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InputsForm } from './InputsForm';
import { splitHints } from './schema';

const SCHEMA = splitHints({
  type: 'object',
  properties: {
    zone: { type: 'string', title: 'Zone', 'ui:field': 'ZonePicker' },
    nested: {
      type: 'object',
      properties: { note: { type: 'string', title: 'Note' } },
    },
  },
});

/** A field as another plugin of the portal would bring it. */
const zonePicker = createFormField({
  name: 'ZonePicker',
  component: ({ onChange, schema }) => (
    <button type="button" onClick={() => onChange('north')}>
      {`Pick ${schema.title}`}
    </button>
  ),
});

function renderForm(api?: Partial<ScaffolderFormFieldsApi>) {
  const onChange = jest.fn();
  renderInTestApp(
    <QueryClientProvider
      client={
        new QueryClient({ defaultOptions: { queries: { retry: false } } })
      }
    >
      <InputsForm
        schema={SCHEMA}
        inputs={{}}
        serverErrors={{}}
        context={{ touched: new Set(), submitted: false }}
        onChange={onChange}
        onTouch={() => {}}
      />
    </QueryClientProvider>,
    api && { apis: [[formFieldsApiRef, api]] },
  );
  return onChange;
}

describe('The form of the inputs', () => {
  it('asks by the fields that software templates have in this portal', async () => {
    const onChange = renderForm({ loadFormFields: async () => [zonePicker] });
    await userEvent.click(await screen.findByText('Pick Zone'));
    await waitFor(() =>
      expect(onChange).toHaveBeenLastCalledWith(
        expect.objectContaining({ zone: 'north' }),
      ),
    );
    expect(screen.getByRole('textbox', { name: /^Note/ })).toBeInTheDocument();
  });

  it.each([
    ['nobody brings the field', { loadFormFields: async () => [] }],
    ['there are no software templates', undefined],
    [
      'the fields can’t be loaded',
      { loadFormFields: async () => Promise.reject(new Error('away')) },
    ],
  ])('asks by a plain field where %s', async (_, api) => {
    const onChange = renderForm(api);
    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Zone/ }),
      'n',
    );
    expect(onChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ zone: 'n' }),
    );
  });
});
