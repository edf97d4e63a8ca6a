import { ValidateFunction } from 'ajv';
import { JsonObject, JsonValue } from '../json';
import { localTarget } from './inputRefs';
import { CompileSchema, inputNames, schemaCompiler } from './inputSchema';
import { asObject } from './values';

/** A chain of inputs, each brought in by the default of the one before; more is a slip. */
const LONGEST_CHAIN = 20;

/** Says which parts of one schema of inputs apply to which values, and fills in their defaults. */
export class InputBranches {
  readonly #compiled = new Map<JsonValue, ValidateFunction>();

  readonly #compile: CompileSchema;

  constructor(private readonly root: JsonObject) {
    this.#compile = schemaCompiler(root);
  }

  /**
   * A copy with defaults where nothing was given. The default of a branch (`then`, a
   * dependency, one of `oneOf`) is applied only where the branch itself applies, which may be
   * due to another default.
   */
  withDefaults(given: JsonValue, schema: JsonObject = this.root): JsonValue {
    if (Array.isArray(given)) {
      const items = asObject(schema.items);
      return given.map(item => this.withDefaults(item, items));
    }
    if (given === null || typeof given !== 'object') return given;
    let parts: JsonObject[] = [schema];
    let value = filled(parts, given);
    for (let chain = 0; chain < LONGEST_CHAIN; chain++) {
      const before = parts;
      parts = this.#partsFor(schema, value).parts;
      if (isSame(parts, before)) break;
      value = filled(parts, given);
    }
    for (const { properties } of parts) {
      for (const [name, property] of Object.entries(asObject(properties))) {
        if (!Object.hasOwn(value, name)) continue;
        value[name] = this.withDefaults(value[name], asObject(property));
      }
    }
    return value;
  }

  /** The inputs that go with these values, by name, and what the schema says of each. */
  inputsFor(value: JsonObject): Map<string, JsonObject> {
    const { parts, names } = this.#partsFor(this.root, value);
    const known = new Map(names.map(name => [name, {} as JsonObject]));
    for (const { properties } of parts) {
      for (const [name, property] of Object.entries(asObject(properties))) {
        known.set(name, { ...known.get(name), ...asObject(property) });
      }
    }
    return known;
  }

  /** Whether a value fits a part of the schema. */
  #fits(part: JsonValue, value: JsonValue): boolean {
    if (typeof part === 'boolean') return part;
    let validate = this.#compiled.get(part);
    if (!validate) {
      validate = this.#compile(asObject(part));
      this.#compiled.set(part, validate);
    }
    return validate(value);
  }

  /** `names` are those of choices that are still open: validation says what is wrong with them. */
  #partsFor(
    schema: JsonObject,
    value: JsonObject,
  ): { parts: JsonObject[]; names: string[] } {
    const found = { parts: [schema], names: [] as string[] };
    const add = (inner: JsonValue | undefined) => {
      // `true` and `false` name no input, and nor does what is not there.
      if (typeof inner !== 'object') return;
      const { parts, names } = this.#partsFor(asObject(inner), value);
      found.parts.push(...parts);
      found.names.push(...names);
    };
    const target = localTarget(schema, this.root);
    if (target !== undefined) add(target);
    listOf(schema.allOf).forEach(add);
    if (schema.if !== undefined) {
      add(this.#fits(schema.if, value) ? schema.then : schema.else);
    }
    for (const keyword of ['dependencies', 'dependentSchemas']) {
      for (const [name, inner] of Object.entries(asObject(schema[keyword]))) {
        if (Object.hasOwn(value, name)) add(inner);
      }
    }
    for (const [keyword, most] of [
      ['anyOf', Infinity],
      ['oneOf', 1],
    ] as const) {
      const branches = listOf(schema[keyword]);
      const chosen = this.#fitting(branches, value);
      if (chosen.length > 0 && chosen.length <= most) chosen.forEach(add);
      else
        found.names.push(
          ...branches.flatMap(b => inputNames(asObject(b), this.root)),
        );
    }
    return found;
  }

  /** The branches that a value fits; when it fits none, those that it fits with their defaults. */
  #fitting(branches: JsonValue[], value: JsonObject): JsonValue[] {
    const plain = branches.filter(branch => this.#fits(branch, value));
    if (plain.length > 0) return plain;
    return branches.filter(branch => {
      const { parts } = this.#partsFor(asObject(branch), value);
      return this.#fits(branch, filled(parts, value));
    });
  }
}

function filled(parts: JsonObject[], given: JsonObject): JsonObject {
  const value = { ...given };
  for (const { properties } of parts) {
    for (const [name, property] of Object.entries(asObject(properties))) {
      const { default: usual } = asObject(property);
      if (usual === undefined || Object.hasOwn(value, name)) continue;
      value[name] = usual;
    }
  }
  return value;
}

function isSame(a: JsonObject[], b: JsonObject[]): boolean {
  return a.length === b.length && a.every((part, at) => part === b[at]);
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}
