import { explainSchemaErrors, splitHints } from './schema';

describe('splitHints', () => {
  it('moves the hints of each property beside the schema', () => {
    expect(
      splitHints({
        type: 'object',
        properties: {
          service: {
            type: 'string',
            'ui:field': 'EntityPicker',
            'ui:options': { catalogFilter: { kind: 'Component' } },
          },
          nested: {
            type: 'object',
            properties: { note: { type: 'string', 'ui:widget': 'textarea' } },
          },
        },
      }),
    ).toEqual({
      schema: {
        type: 'object',
        properties: {
          service: { type: 'string' },
          nested: { type: 'object', properties: { note: { type: 'string' } } },
        },
      },
      uiSchema: {
        service: {
          'ui:field': 'EntityPicker',
          'ui:options': { catalogFilter: { kind: 'Component' } },
        },
        nested: { note: { 'ui:widget': 'textarea' } },
      },
    });
  });

  it('hides what is typed into a secret', () => {
    expect(
      splitHints({ type: 'string', 'ui:field': 'Secret' }).uiSchema,
    ).toEqual({ 'ui:widget': 'password' });
  });
});

describe('explainSchemaErrors', () => {
  it.each([
    ['required', {}, 'This is needed.'],
    ['maximum', { limit: 20 }, 'At most 20.'],
    ['type', { type: 'integer' }, 'It must be a whole number.'],
  ])('explains %s', (name, params, message) => {
    expect(
      explainSchemaErrors([{ name, params, message: 'x', stack: '' }])[0]
        .message,
    ).toBe(message);
  });

  it('keeps the validator’s words for what is rare', () => {
    expect(
      explainSchemaErrors([
        { name: 'format', message: 'must match format "uri"', stack: '' },
      ])[0].message,
    ).toBe('It must match format "uri".');
  });
});
