import { ErrorObject, ValidateFunction } from 'ajv';
import { JsonObject } from '../json';
import { Problem } from '../problem';
import { BlueprintDocument } from './document';
import { InputBranches } from './inputBranches';
import { compileInputs, inputNames } from './inputSchema';
import { didYouMean } from './nearest';
import { escapePointer, unescapePointer } from './pointer';
import { shortSecrets } from './secrets';
import { asObject } from './values';

interface CompiledInputs {
  validate: ValidateFunction;
  branches: InputBranches;
}

/** Compiling takes milliseconds and forms check on every key; documents do not change. */
const compiled = new WeakMap<JsonObject, CompiledInputs>();

/**
 * Applies the blueprint's defaults to what was given and checks the whole.
 * What was given is not changed. `field` of each problem is a pointer below `/inputs`.
 */
export function applyInputs(
  document: BlueprintDocument,
  given: JsonObject,
): { inputs: JsonObject; problems: Problem[] } {
  return judgeInputs(document.spec.inputs, given);
}

/** The same by the schema alone. @throws Error when it is no schema that can be used */
export function judgeInputs(
  schema: JsonObject,
  given: JsonObject,
): { inputs: JsonObject; problems: Problem[] } {
  let own = compiled.get(schema);
  if (!own) {
    own = {
      validate: compileInputs(schema),
      branches: new InputBranches(schema),
    };
    compiled.set(schema, own);
  }
  const { validate, branches } = own;
  const inputs = asObject(branches.withDefaults(given));
  const known = branches.inputsFor(inputs);
  const problems = [
    ...unknownInputs(schema, [...known.keys()], inputs),
    ...changedContext(known, inputs),
    ...shortSecrets(schema, inputs),
  ];
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

/** @param known names of the inputs that go with these values */
function unknownInputs(
  schema: JsonObject,
  known: string[],
  inputs: JsonObject,
): Problem[] {
  const all = inputNames(schema);
  return Object.keys(inputs)
    .filter(name => !known.includes(name))
    .map(name => {
      const isElsewhere = all.includes(name);
      return {
        code: 'input.unknown',
        message: isElsewhere
          ? `Input "${name}" does not go with the other inputs.`
          : `This blueprint has no input "${name}".`,
        field: `/inputs/${escapePointer(name)}`,
        remedy: isElsewhere
          ? 'Leave it out, or change the input that brings it in.'
          : didYouMean(name, known),
      };
    });
}

/** Inputs that are shown and not asked for: they are what the blueprint says. */
function changedContext(
  known: Map<string, JsonObject>,
  inputs: JsonObject,
): Problem[] {
  return [...known]
    .filter(
      ([name, { readOnly, default: fixed }]) =>
        readOnly === true &&
        fixed !== undefined &&
        JSON.stringify(inputs[name]) !== JSON.stringify(fixed),
    )
    .map(([name, { default: fixed, title }]) => ({
      code: 'input.read-only',
      message: `${typeof title === 'string' && title ? title : `"${name}"`} cannot be chosen.`,
      field: `/inputs/${escapePointer(name)}`,
      remedy: `Leave it out; it is ${JSON.stringify(fixed)}.`,
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
