import Ajv, { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { JsonObject, JsonValue } from '../json';
import { DEFINITIONS, localTarget, referencePath } from './inputRefs';
import { linearPatterns } from './linearPatterns';
import { DocumentPath } from './locator';
import { asObject, isObject } from './values';

/** Keywords whose values are schemas that apply to the same object. */
const SAME_OBJECT = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'];

/** Keywords whose values are such schemas by the name of the input that brings them in. */
const BY_INPUT = ['dependencies', 'dependentSchemas'];

/** Knows what a schema may look like. Shared: to compile that takes longer than all else. */
const known = new Ajv({ strict: false, logger: false });
addFormats(known);

/** @throws Error when it is no JSON Schema that can be used here */
export type CompileSchema = (schema: JsonObject) => ValidateFunction;

/**
 * Compiles the schema of a blueprint's inputs. Hints for forms (`ui:…`) are known, a keyword
 * that nobody knows is an error: it is most often a slip that would check nothing. Defaults are
 * left alone: {@link InputBranches} knows which of them apply.
 *
 * @throws Error when it is no JSON Schema that can be used here
 */
export function compileInputs(schema: JsonObject): ValidateFunction {
  return schemaCompiler(schema)({ ...schema, type: 'object' });
}

/** The same for parts of a schema; `root` holds what their `$ref`s stand for. */
export function schemaCompiler(root: JsonObject): CompileSchema {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    strictSchema: true,
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    logger: false,
    code: { regExp: linearPatterns },
  });
  addFormats(ajv);
  ajv.addVocabulary(formKeywords(root));
  const definitions = Object.fromEntries(
    DEFINITIONS.filter(key => Object.hasOwn(root, key)).map(key => [
      key,
      root[key],
    ]),
  );
  return schema => {
    const whole = { ...schema, ...definitions };
    known.validateSchema(whole, true);
    return ajv.compile(whole);
  };
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

/** One mention of an input in the schema: an input may have several, each under a condition. */
export interface DeclaredInput {
  name: string;
  property: JsonValue;
  /** From the schema's root. */
  path: DocumentPath;
}

/**
 * All mentions of inputs, those that only appear under a condition included.
 *
 * @param root holds what `$ref`s stand for, where `schema` is only a part of it
 */
export function declaredInputs(
  schema: JsonObject,
  root = schema,
): DeclaredInput[] {
  const found: DeclaredInput[] = [];
  // What several refer to is one mention, and what refers to itself comes to an end.
  const seen = new Set<JsonValue>();
  const visit = (value: JsonValue | undefined, ...path: DocumentPath) => {
    if (!isObject(value) || seen.has(value)) return;
    seen.add(value);
    for (const [name, property] of Object.entries(asObject(value.properties))) {
      found.push({ name, property, path: [...path, 'properties', name] });
    }
    visit(localTarget(value, root), ...referencePath(value));
    for (const keyword of SAME_OBJECT) {
      const inner = value[keyword];
      if (Array.isArray(inner)) {
        inner.forEach((each, index) => visit(each, ...path, keyword, index));
      } else visit(inner, ...path, keyword);
    }
    for (const keyword of BY_INPUT) {
      for (const [name, inner] of Object.entries(asObject(value[keyword]))) {
        visit(inner, ...path, keyword, name);
      }
    }
  };
  visit(schema);
  return found;
}

/** Names of all inputs, those that only appear under a condition included. */
export function inputNames(schema: JsonObject, root = schema): string[] {
  return [...new Set(declaredInputs(schema, root).map(({ name }) => name))];
}

/** Names of inputs that always have a value: required, or with a default. */
export function certainInputs(schema: JsonObject): string[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const defaulted = Object.entries(asObject(schema.properties))
    .filter(([, property]) => asObject(property).default !== undefined)
    .map(([name]) => name);
  return [...required.filter(name => typeof name === 'string'), ...defaulted];
}
