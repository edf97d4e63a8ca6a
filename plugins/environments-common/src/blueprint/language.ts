import { Environment, ObjectSchema } from '@marcbachmann/cel-js';
import { JsonObject, JsonValue } from '../json';
import { emptyLanguage } from './expression';
import { inputNames } from './inputSchema';
import { asObject } from './values';

const ANY = 'dyn';

/** What expressions of every blueprint see beside its inputs and components; all of it is text. */
export const EXPRESSION_FIELDS: Record<
  'environment' | 'owner' | 'blueprint',
  readonly string[]
> = {
  environment: ['id', 'name', 'slug', 'owner', 'type'],
  owner: ['ref', 'name'],
  blueprint: ['name', 'version'],
};

/**
 * The names that expressions of one blueprint may use, with their types: inputs from their
 * schema, components without outputs of their own names, which only their drivers know. What
 * other environments give is of any type.
 */
export function blueprintLanguage(
  inputs: JsonObject,
  components: string[],
): Environment {
  return emptyLanguage()
    .registerVariable({ name: 'inputs', schema: inputTypes(inputs) })
    .registerVariable({ name: 'environment', schema: texts('environment') })
    .registerVariable({ name: 'owner', schema: texts('owner') })
    .registerVariable({ name: 'blueprint', schema: texts('blueprint') })
    .registerVariable({
      name: 'components',
      schema: Object.fromEntries(
        components.map(id => [id, { outputs: 'map<string, dyn>' }]),
      ),
    })
    .registerVariable('environments', 'map<string, dyn>');
}

function texts(name: keyof typeof EXPRESSION_FIELDS): ObjectSchema {
  return Object.fromEntries(
    EXPRESSION_FIELDS[name].map(field => [field, 'string']),
  );
}

function inputTypes(schema: JsonObject): ObjectSchema {
  const properties = asObject(schema.properties);
  return Object.fromEntries(
    inputNames(schema).map(name => [
      name,
      Object.hasOwn(properties, name) ? typeOf(properties[name]) : ANY,
    ]),
  );
}

/** What cannot be said in CEL's types is of any type: checked when it runs. */
function typeOf(schema: JsonValue): string {
  const { type, items } = asObject(schema);
  switch (type) {
    case 'string':
      return 'string';
    case 'integer':
      return 'int';
    case 'number':
      return 'double';
    case 'boolean':
      return 'bool';
    case 'array':
      return `list<${items === undefined ? ANY : typeOf(items)}>`;
    case 'object':
      return 'map<string, dyn>';
    default:
      return ANY;
  }
}
