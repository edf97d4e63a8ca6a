import { JsonObject, JsonValue } from '@greenroom/plugin-environments-common';
import { RJSFSchema, RJSFValidationError, UiSchema } from '@rjsf/utils';

/** The schema alone, and beside it the hints for the form that stood within it. */
export interface FormSchema {
  schema: RJSFSchema;
  uiSchema: UiSchema;
}

/** Takes the `ui:` hints, which blueprints write as software templates do, out of a schema. */
export function splitHints(schema: JsonObject): FormSchema {
  const plain: JsonObject = {};
  const hints: UiSchema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith('ui:')) {
      hints[key] = value;
    } else if (key === 'properties' && isObject(value)) {
      const properties: JsonObject = {};
      for (const [name, property] of Object.entries(value)) {
        if (!isObject(property)) continue;
        const split = splitHints(property);
        properties[name] = split.schema as JsonObject;
        hints[name] = split.uiSchema;
      }
      plain.properties = properties;
    } else if (key === 'items' && isObject(value)) {
      const split = splitHints(value);
      plain.items = split.schema as JsonObject;
      hints.items = split.uiSchema;
    } else {
      plain[key] = value;
    }
  }
  if (hints['ui:field'] === 'Secret') {
    delete hints['ui:field'];
    hints['ui:widget'] = 'password';
  }
  return { schema: plain as RJSFSchema, uiSchema: hints };
}

/**
 * The form for an environment that has secrets already: nobody can read them, so they stay as they
 * are while their fields are left empty.
 */
export function withHeldSecrets(
  { schema, uiSchema }: FormSchema,
  held: string[],
): FormSchema {
  const kept = held.filter(name => schema.properties?.[name] !== undefined);
  return {
    schema: {
      ...schema,
      required: schema.required?.filter(name => !kept.includes(name)),
    },
    uiSchema: {
      ...uiSchema,
      ...Object.fromEntries(
        kept.map(name => [
          name,
          {
            ...uiSchema[name],
            'ui:description': 'Stays as it is while this is empty.',
          },
        ]),
      ),
    },
  };
}

/** What is wrong with an input, in the words of the portal instead of the validator's. */
export function explainSchemaErrors(
  errors: RJSFValidationError[],
): RJSFValidationError[] {
  return errors.map(error => ({
    ...error,
    message: explain(error) ?? `It ${error.message}.`,
  }));
}

function explain({ name, params = {} }: RJSFValidationError) {
  const { limit } = params;
  switch (name) {
    case 'required':
      return 'This is needed.';
    case 'minLength':
      return limit === 1 ? 'This is needed.' : `At least ${limit} characters.`;
    case 'maxLength':
      return `At most ${limit} characters.`;
    case 'minimum':
      return `At least ${limit}.`;
    case 'maximum':
      return `At most ${limit}.`;
    case 'enum':
      return 'Pick one of the values.';
    case 'pattern':
      return `It must match ${params.pattern}.`;
    case 'type':
      return `It must be ${params.type === 'integer' ? 'a whole number' : `of type ${params.type}`}.`;
    default:
      return undefined;
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
