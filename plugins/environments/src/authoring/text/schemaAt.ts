import {
  blueprintSchema,
  JsonObject,
  JsonValue,
} from '@greenroom/plugin-environments-common';

/** The keywords of an input's schema that a form and a check know what to do with. */
const INPUT: JsonObject = {
  type: 'object',
  properties: {
    type: {
      description: 'What values it takes.',
      enum: ['string', 'integer', 'number', 'boolean', 'array', 'object'],
    },
    title: { description: 'What the field is called.' },
    description: { description: 'What stands below its name.' },
    default: { description: 'Taken when nobody says.' },
    enum: { description: 'The values to choose from.' },
    minimum: { description: 'The least number.' },
    maximum: { description: 'The largest number.' },
    minLength: { description: 'The fewest characters.' },
    maxLength: { description: 'The most characters.' },
    pattern: { description: 'A regular expression (RE2) that fits.' },
    format: { description: 'Such as email, uri or date.' },
    items: { description: 'The schema of a list’s entries.' },
    readOnly: { description: 'Shown, and never asked for.', enum: [true] },
    'ui:field': {
      description: 'A field of software templates.',
      enum: ['EntityPicker', 'Secret'],
    },
    'ui:widget': {
      description: 'Another way to enter it.',
      enum: ['textarea', 'radio', 'password'],
    },
    'ui:options': { description: 'Options of the field.' },
  },
};

const INPUTS: JsonObject = {
  type: 'object',
  properties: {
    type: { description: 'Always an object.', enum: ['object'] },
    required: { description: 'Names of the inputs that must be given.' },
    properties: {
      description: 'The inputs by name.',
      additionalProperties: INPUT,
    },
    if: { description: 'A condition on inputs.' },
    then: { description: 'What holds where the condition does.' },
    else: { description: 'What holds where it does not.' },
    dependencies: { description: 'What holds where an input is given.' },
    definitions: { description: 'Schemas that are used twice.' },
  },
};

/** The schema of what stands at a path of a document; undefined where anything may. */
export function schemaAt(path: string[]): JsonObject | undefined {
  let schema: JsonValue | undefined = blueprintSchema;
  for (const [depth, step] of path.entries()) {
    if (depth === 2 && path[0] === 'spec' && path[1] === 'inputs') {
      schema = INPUTS;
    }
    schema = below(schema, step);
    if (!schema) return undefined;
  }
  return path.join('.') === 'spec.inputs' ? INPUTS : asSchema(schema);
}

function below(
  schema: JsonValue | undefined,
  step: string,
): JsonValue | undefined {
  const { properties, additionalProperties, items } = asSchema(schema) ?? {};
  if (step === '[]') return asSchema(items);
  const known = asSchema(properties);
  return known && Object.hasOwn(known, step)
    ? known[step]
    : asSchema(additionalProperties);
}

function asSchema(value: JsonValue | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : undefined;
}
