import { inputRows } from './schemaRows';

describe('inputRows', () => {
  it('says of each input what one may enter', () => {
    expect(
      inputRows({
        type: 'object',
        required: ['service'],
        properties: {
          service: {
            type: 'string',
            title: 'Service',
            'ui:field': 'EntityPicker',
          },
          size: { type: 'string', enum: ['small', 'large'], default: 'small' },
          pages: { type: 'integer', minimum: 1, maximum: 20 },
        },
      }),
    ).toMatchObject([
      {
        name: 'service',
        title: 'Service',
        type: 'catalog entity',
        required: true,
      },
      { name: 'size', type: 'small, large', defaultText: '"small"' },
      { name: 'pages', type: 'integer, 1 to 20', required: false },
    ]);
  });

  it('has no rows for a blueprint without inputs', () => {
    expect(inputRows({})).toEqual([]);
  });
});
