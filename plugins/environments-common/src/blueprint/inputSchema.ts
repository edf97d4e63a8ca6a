import Ajv, { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { JsonObject, JsonValue } from '../json';
import { asObject } from './values';

/** Keywords whose values are schemas that apply to the same object. */
const SAME_OBJECT = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'];

/**
 * Compiles the schema of a blueprint's inputs. Hints for forms (`ui:…`) are known, a keyword
 * that nobody knows is an error: it is most often a slip that would check nothing.
 *
 * @throws Error when it is no JSON Schema that can be used here
 */
export function compileInputs(
  schema: JsonObject,
): ValidateFunction<JsonObject> {
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    strict: false,
    strictSchema: true,
    validateSchema: true,
    addUsedSchema: false,
    logger: false,
  });
  addFormats(ajv);
  ajv.addVocabulary(formKeywords(schema));
  return ajv.compile<JsonObject>({ ...schema, type: 'object' });
}

function formKeywords(schema: JsonValue, found = new Set<string>()): string[] {
  if (Array.isArray(schema)) {
    for (const item of schema) formKeywords(item, found);
  } else if (typeof schema === 'object' && schema !== null) {
    for (const [key, inner] of Object.entries(schema)) {
      if (/^ui:[a-zA-Z][a-zA-Z0-9]*$/.test(key)) found.add(key);
      formKeywords(inner, found);
    }
  }
  return [...found];
}

/** Names of all inputs, those that only appear under a condition included. */
export function inputNames(schema: JsonObject): string[] {
  const names = new Set(Object.keys(asObject(schema.properties)));
  const visit = (inner: JsonValue | undefined) => {
    if (inner === undefined) return;
    for (const name of inputNames(asObject(inner))) names.add(name);
  };
  for (const keyword of SAME_OBJECT) {
    const inner = schema[keyword];
    if (Array.isArray(inner)) inner.forEach(visit);
    else visit(inner);
  }
  for (const keyword of ['dependencies', 'dependentSchemas']) {
    Object.values(asObject(schema[keyword])).forEach(visit);
  }
  return [...names];
}

/** Names of inputs that always have a value: required, or with a default. */
export function certainInputs(schema: JsonObject): string[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const defaulted = Object.entries(asObject(schema.properties))
    .filter(([, property]) => asObject(property).default !== undefined)
    .map(([name]) => name);
  return [...required.filter(name => typeof name === 'string'), ...defaulted];
}
