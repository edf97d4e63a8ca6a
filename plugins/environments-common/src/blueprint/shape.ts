import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import { JsonValue } from '../json';
import { Problem } from '../problem';
import { unescapePointer } from './pointer';
import { didYouMean } from './nearest';
import { blueprintSchema } from './schema';
import { DocumentPath, Locator } from './locator';

let validator: ValidateFunction | undefined;

/** Compares a value with the schema of blueprints: one problem per thing that is wrong. */
export function checkShape(value: JsonValue, locate: Locator): Problem[] {
  validator ??= new Ajv({ allErrors: true, verbose: true, strict: false })
    .addVocabulary(['errorMessage'])
    .compile(blueprintSchema);
  if (validator(value)) return [];
  return (validator.errors ?? [])
    .filter(error => error.keyword !== 'propertyNames')
    .map(error => shapeProblem(error, value, locate));
}

function shapeProblem(
  error: ErrorObject,
  document: JsonValue,
  locate: Locator,
): Problem {
  const path = pathOf(error.instancePath, document);
  const at = path.join('.') || 'the document';
  const { keyword, params } = error;

  if (keyword === 'additionalProperties') {
    const name = String(params.additionalProperty);
    const own = [...path, name];
    const place = locate.key(own);
    return {
      code: 'blueprint.field.unknown',
      message: `There is no field "${name}" in ${at}.`,
      place,
      remedy: didYouMean(
        name,
        Object.keys((error.parentSchema?.properties as object) ?? {}),
      ),
    };
  }
  if (keyword === 'required') {
    const name = String(params.missingProperty);
    return {
      code: 'blueprint.field.missing',
      message: `${at} lacks the field "${name}".`,
      place: locate.value(path),
      remedy: describe(error.parentSchema?.properties?.[name], name),
    };
  }
  // Ajv tells of a key's name in this one way.
  const wrongName = error.propertyName;
  if (wrongName !== undefined) {
    return {
      code: 'blueprint.name',
      message: `"${wrongName}" cannot be a name in ${at}.`,
      place: locate.key([...path, wrongName]),
      remedy: `Expected: ${expectation(error)}.`,
    };
  }
  return {
    code: keyword === 'type' ? 'blueprint.field.type' : 'blueprint.field.value',
    message: `${at} ${says(error)}.`,
    place: locate.value(path),
    remedy: `Expected: ${expectation(error)}.`,
  };
}

function says({ keyword, params, message, data }: ErrorObject): string {
  const isShort = typeof data === 'string' && data.length <= 60;
  if (keyword === 'type') return `is not of type ${params.type}`;
  if (isShort && ['pattern', 'const'].includes(keyword)) {
    return `cannot be "${data}"`;
  }
  return message ?? 'is not right';
}

function expectation(error: ErrorObject): string {
  const { errorMessage, description } = error.parentSchema ?? {};
  if (typeof errorMessage === 'string' && error.keyword === 'pattern') {
    return errorMessage;
  }
  if (error.keyword === 'const') return String(error.params.allowedValue);
  if (error.keyword === 'enum') {
    return `one of ${error.params.allowedValues.join(', ')}`;
  }
  if (error.keyword === 'type') {
    const isBare =
      error.params.type === 'string' && typeof error.data !== 'object';
    const hint = isBare ? `, in quotes: "${error.data}"` : '';
    return `a value of type ${error.params.type}${hint}`;
  }
  return String(errorMessage ?? description ?? error.message).replace(
    /\.$/,
    '',
  );
}

function describe(schema: unknown, name: string): string {
  const {
    description,
    examples,
    const: only,
  } = (schema ?? {}) as {
    description?: string;
    examples?: string[];
    const?: string;
  };
  const example = only ?? examples?.[0];
  const line = example ? `Add "${name}: ${example}".` : `Add "${name}".`;
  return description ? `${line} ${description}` : line;
}

/** The steps of a JSON pointer, with indexes of arrays as numbers. */
function pathOf(pointer: string, document: JsonValue): DocumentPath {
  let value: unknown = document;
  return pointer
    .split('/')
    .slice(1)
    .map(escaped => {
      const step = unescapePointer(escaped);
      const key = Array.isArray(value) ? Number(step) : step;
      value = (value as Record<string | number, unknown>)?.[key];
      return key;
    });
}
