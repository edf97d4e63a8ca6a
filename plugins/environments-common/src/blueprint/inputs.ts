import { ErrorObject, ValidateFunction } from 'ajv';
import { JsonObject } from '../json';
import { Problem } from '../problem';
import { BlueprintDocument } from './document';
import { compileInputs, inputNames } from './inputSchema';
import { didYouMean } from './nearest';
import { asObject } from './values';

/** Compiling takes milliseconds and forms check on every key; documents do not change. */
const compiled = new WeakMap<JsonObject, ValidateFunction<JsonObject>>();

/**
 * Applies the blueprint's defaults to what was given and checks the whole.
 * What was given is not changed. `field` of each problem is a pointer below `/inputs`.
 */
export function applyInputs(
  document: BlueprintDocument,
  given: JsonObject,
): { inputs: JsonObject; problems: Problem[] } {
  const schema = document.spec.inputs;
  let validate = compiled.get(schema);
  if (!validate) {
    validate = compileInputs(schema);
    compiled.set(schema, validate);
  }
  const inputs = structuredClone(given);
  const problems = unknownInputs(schema, inputs);
  if (!validate(inputs)) {
    // A failed `if` and a failed branch are told by the errors inside them.
    const errors = (validate.errors ?? []).filter(
      error =>
        error.keyword !== 'if' &&
        !(
          error.keyword === 'additionalProperties' && error.instancePath === ''
        ),
    );
    problems.push(...errors.map(error => inputProblem(error, schema)));
  }
  return { inputs, problems };
}

function unknownInputs(schema: JsonObject, inputs: JsonObject): Problem[] {
  const known = inputNames(schema);
  return Object.keys(inputs)
    .filter(name => !known.includes(name))
    .map(name => ({
      code: 'input.unknown',
      message: `This blueprint has no input "${name}".`,
      field: `/inputs/${escapePointer(name)}`,
      remedy: didYouMean(name, known),
    }));
}

function inputProblem(error: ErrorObject, schema: JsonObject): Problem {
  const { keyword, params } = error;
  if (keyword === 'required') {
    const name = String(params.missingProperty);
    return {
      code: 'input.missing',
      message: `${titleOf(schema, `${error.instancePath}/${name}`)} is missing.`,
      field: `/inputs${error.instancePath}/${escapePointer(name)}`,
      remedy: 'Give it a value.',
    };
  }
  return {
    code: keyword === 'type' ? 'input.type' : 'input.invalid',
    message: `${titleOf(schema, error.instancePath)} ${says(error)}.`,
    field: `/inputs${error.instancePath}`,
    remedy: remedyOf(error),
  };
}

function titleOf(schema: JsonObject, pointer: string): string {
  const names = pointer.split('/').slice(1).map(unescapePointer);
  if (names.length === 0) return 'The whole of the inputs';
  const own = asObject(asObject(schema.properties)[names[0]]).title;
  return names.length === 1 && typeof own === 'string' && own
    ? own
    : `"${names.join('.')}"`;
}

function says({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'enum':
    case 'const':
      return 'is none of the allowed values';
    case 'type':
      return `is not of type ${params.type}`;
    case 'minLength':
      return `is shorter than ${params.limit} characters`;
    case 'maxLength':
      return `is longer than ${params.limit} characters`;
    case 'minItems':
      return `has fewer than ${params.limit} entries`;
    case 'maxItems':
      return `has more than ${params.limit} entries`;
    case 'minimum':
    case 'exclusiveMinimum':
      return 'is too small';
    case 'maximum':
    case 'exclusiveMaximum':
      return 'is too large';
    case 'pattern':
    case 'format':
      return 'is not written as expected';
    default:
      return message ?? 'is not right';
  }
}

function remedyOf({ keyword, params }: ErrorObject): string {
  switch (keyword) {
    case 'enum':
      return `Choose one of: ${(params.allowedValues as unknown[]).slice(0, 20).join(', ')}.`;
    case 'const':
      return `It must be ${JSON.stringify(params.allowedValue)}.`;
    case 'type':
      return `Give a value of type ${params.type}.`;
    case 'pattern':
      return `It must match ${params.pattern}.`;
    case 'format':
      return `Write it as ${params.format}.`;
    case 'additionalProperties':
      return `Leave "${params.additionalProperty}" out.`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `Choose a number ${params.comparison} ${params.limit}.`;
    case 'minLength':
    case 'minItems':
      return `Give at least ${params.limit}.`;
    case 'maxLength':
    case 'maxItems':
      return `Give at most ${params.limit}.`;
    default:
      return "Compare it with the input's description.";
  }
}

export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function unescapePointer(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}
