import fc from 'fast-check';
import { JsonObject } from '../json';
import { judgeInputs } from './inputs';

const DATABASE: JsonObject = {
  properties: { kind: { enum: ['none', 'own', 'shared'], default: 'none' } },
};

/** The same question asked in each way that JSON Schema has. */
const WAYS: [string, JsonObject][] = [
  [
    'if and then',
    {
      ...DATABASE,
      if: { properties: { kind: { const: 'own' } } },
      then: {
        properties: { size: { type: 'integer', default: 10 } },
        required: ['size'],
      },
      else: { properties: { note: { type: 'string', default: 'no size' } } },
    },
  ],
  [
    'a dependency with oneOf',
    {
      ...DATABASE,
      dependencies: {
        kind: {
          oneOf: [
            {
              properties: {
                kind: { const: 'own' },
                size: { type: 'integer', default: 10 },
              },
              required: ['size'],
            },
            {
              properties: {
                kind: { enum: ['none', 'shared'] },
                note: { type: 'string', default: 'no size' },
              },
            },
          ],
        },
      },
    },
  ],
  [
    'oneOf alone, by a reference',
    {
      ...DATABASE,
      definitions: {
        size: {
          properties: { size: { type: 'integer', default: 10 } },
          required: ['size'],
        },
      },
      oneOf: [
        {
          properties: { kind: { const: 'own' } },
          allOf: [{ $ref: '#/definitions/size' }],
        },
        {
          properties: {
            kind: { enum: ['none', 'shared'] },
            note: { type: 'string', default: 'no size' },
          },
        },
      ],
    },
  ],
];

describe.each(WAYS)('inputs under a condition, by %s', (_way, schema) => {
  it.each<[string, JsonObject, JsonObject]>([
    ['it holds', { kind: 'own' }, { kind: 'own', size: 10 }],
    ['it does not', { kind: 'shared' }, { kind: 'shared', note: 'no size' }],
    ['a default decides', {}, { kind: 'none', note: 'no size' }],
    ['it was given', { kind: 'own', size: 3 }, { kind: 'own', size: 3 }],
  ])('have their defaults when %s', (_when, given, inputs) => {
    expect(judgeInputs(schema, given)).toEqual({ inputs, problems: [] });
  });

  it('are unknown where it does not hold', () => {
    const { problems } = judgeInputs(schema, { kind: 'shared', size: 5 });
    expect(problems).toEqual([
      {
        code: 'input.unknown',
        field: '/inputs/size',
        message: 'Input "size" does not go with the other inputs.',
        remedy: 'Leave it out, or change the input that brings it in.',
      },
    ]);
    expect(judgeInputs(schema, { kind: 'own', sise: 5 }).problems).toEqual([
      expect.objectContaining({
        code: 'input.unknown',
        remedy: 'Did you mean "size"?',
      }),
    ]);
  });

  it('are checked where it holds', () => {
    const { problems } = judgeInputs(schema, { kind: 'own', size: 'big' });
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'input.type', field: '/inputs/size' }),
    );
    expect(problems.map(({ code }) => code)).not.toContain('input.unknown');
  });

  it('settle: what was given comes back the same', () => {
    const given = fc.record(
      {
        kind: fc.constantFrom('none', 'own', 'shared', 'other'),
        size: fc.oneof(fc.integer(), fc.string()),
        note: fc.string(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(given, values => {
        const { inputs, problems } = judgeInputs(schema, values);
        expect(inputs).toMatchObject(values);
        if (problems.length > 0) return;
        expect(judgeInputs(schema, inputs)).toEqual({ inputs, problems: [] });
      }),
    );
  });
});

describe('defaults', () => {
  it('bring each other in, however long the chain is', () => {
    const steps = Array.from({ length: 5 }, (_, n): [string, JsonObject] => [
      `s${n}`,
      { properties: { [`s${n + 1}`]: { default: n } } },
    ]);
    const schema = {
      properties: { s0: {} },
      dependencies: Object.fromEntries(steps),
    };
    expect(judgeInputs(schema, {}).inputs).toEqual({});
    expect(judgeInputs(schema, { s0: true }).inputs).toEqual({
      ...{ s0: true, s1: 0, s2: 1, s3: 2, s4: 3, s5: 4 },
    });
  });

  it('reach into maps and lists, under conditions too', () => {
    const rule = {
      type: 'object',
      properties: { open: { type: 'boolean', default: true } },
      if: { properties: { open: { const: true } } },
      then: { properties: { port: { type: 'integer', default: 80 } } },
    };
    const schema = {
      properties: {
        main: { ...rule, default: {} },
        more: { type: 'array', items: rule },
      },
    };
    expect(judgeInputs(schema, { more: [{}, { open: false }] })).toEqual({
      inputs: {
        main: { open: true, port: 80 },
        more: [{ open: true, port: 80 }, { open: false }],
      },
      problems: [],
    });
  });

  it('come to an end where two branches take each other back', () => {
    const schema = {
      if: { required: ['a'] },
      then: { properties: { b: { default: 1 } } },
      else: { properties: { a: { default: 1 } } },
    };
    expect(Object.keys(judgeInputs(schema, {}).inputs)).toHaveLength(1);
  });
});
