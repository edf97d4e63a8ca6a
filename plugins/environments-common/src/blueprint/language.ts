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
  const language = emptyLanguage().registerVariable({
    name: 'owner',
    schema: texts('owner'),
  });
  return declareRequest(language, inputs)
    .registerVariable({
      name: 'components',
      schema: Object.fromEntries(
        components.map(id => [id, { outputs: 'map<string, dyn>' }]),
      ),
    })
    .registerVariable('environments', 'map<string, dyn>');
}

/** The names of the rules of policies: they may ask who the owner is, and have yet to be declared. */
export function emptyPolicyLanguage(): Environment {
  return emptyLanguage()
    .registerType('Owner', { fields: texts('owner') })
    .registerVariable('owner', 'Owner')
    .registerFunction('Owner.inGroup(string): bool', () => false);
}

/** Declares what is known of a request beside its owner. */
export function declareRequest(
  language: Environment,
  inputs: JsonObject,
): Environment {
  return language
    .registerVariable({ name: 'inputs', schema: inputTypes(inputs) })
    .registerVariable({ name: 'environment', schema: texts('environment') })
    .registerVariable({ name: 'blueprint', schema: texts('blueprint') });
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
