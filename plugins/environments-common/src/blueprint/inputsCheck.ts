import { JsonObject } from '../json';
import { Problem } from '../problem';
import { compileInputs, inputNames } from './inputSchema';
import { secretInputs } from './unsupported';
import { asObject } from './values';
import { Locator } from './locator';

/** Expressions reach inputs by a dot, so their names are CEL's identifiers. */
const INPUT_NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,62}$/;
const AT = ['spec', 'inputs'];

/** Whether the inputs of a document are a JSON Schema that can be used, defaults included. */
export function checkInputSchema(
  schema: JsonObject,
  locate: Locator,
): Problem[] {
  const problems = [
    ...nameProblems(schema, locate),
    ...secretInputs(schema, AT, locate),
  ];
  if (schema.type !== undefined && schema.type !== 'object') {
    problems.push({
      code: 'blueprint.inputs.schema',
      message: 'The schema of the inputs is not of type object.',
      place: locate.value([...AT, 'type']),
      remedy: 'Write "type: object".',
    });
    return problems;
  }
  try {
    compileInputs(schema);
  } catch (error) {
    problems.push(schemaProblem(schema, error as Error, locate));
    return problems;
  }
  return [...problems, ...defaultProblems(schema, locate)];
}

function nameProblems(schema: JsonObject, locate: Locator): Problem[] {
  return inputNames(schema)
    .filter(name => !INPUT_NAME.test(name))
    .map(name => ({
      code: 'blueprint.name',
      message: `"${name}" cannot be the name of an input.`,
      place: locate.key([...AT, 'properties', name]),
      remedy:
        'Use a letter first, then letters, digits and underscores, at most 63.',
    }));
}

/** The schema as a whole is refused with one error; what it names is looked for in the text. */
function schemaProblem(
  schema: JsonObject,
  error: Error,
  locate: Locator,
): Problem {
  const keyword = /unknown keyword: "([^"]+)"/.exec(error.message)?.[1];
  const pointer = /data(\/[^\s,]*)/.exec(error.message)?.[1];
  const path = keyword
    ? pathToKey(schema, keyword)
    : pointer?.split('/').slice(1);
  return {
    code: 'blueprint.inputs.schema',
    message: keyword
      ? `"${keyword}" is no keyword of JSON Schema.`
      : `The inputs are no JSON Schema that can be used: ${error.message}.`,
    place: keyword
      ? locate.key([...AT, ...(path ?? [])])
      : locate.value([...AT, ...(path ?? [])]),
    remedy: keyword
      ? 'Mend its spelling; hints for the form begin with "ui:".'
      : 'Mend the schema; draft 7 of JSON Schema is understood.',
  };
}

function pathToKey(value: JsonObject, key: string): string[] | undefined {
  if (Object.hasOwn(value, key)) return [key];
  for (const [step, inner] of Object.entries(value)) {
    const below = pathToKey(asObject(inner), key);
    if (below) return [step, ...below];
  }
  return undefined;
}

/** A default that its own schema refuses would fail every request that relies on it. */
function defaultProblems(schema: JsonObject, locate: Locator): Problem[] {
  const problems: Problem[] = [];
  for (const [name, property] of Object.entries(asObject(schema.properties))) {
    const { default: usual, ...own } = asObject(property);
    if (usual === undefined) continue;
    const { definitions = {}, $defs = {} } = schema;
    const validate = compileInputs({
      definitions,
      $defs,
      properties: { [name]: own },
    });
    if (validate({ [name]: usual })) continue;
    problems.push({
      code: 'blueprint.inputs.default',
      message: `The default of input "${name}" ${validate.errors?.[0]?.message ?? 'does not fit its schema'}.`,
      place: locate.value([...AT, 'properties', name, 'default']),
      remedy: 'Choose a default that the input itself would accept.',
    });
  }
  return problems;
}
