import { JsonObject } from '../json';
import { Problem } from '../problem';
import { BLUEPRINT_LIMITS } from './document';
import { compileInputs, declaredInputs, schemaCompiler } from './inputSchema';
import {
  keywordsIn,
  patternProblems,
  referenceProblems,
} from './schemaDangers';
import { writtenSecrets } from './secrets';
import { asObject } from './values';
import { DocumentPath, Locator } from './locator';

/** Expressions reach inputs by a dot, so their names are CEL's identifiers. */
const INPUT_NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,62}$/;
const AT = ['spec', 'inputs'];

/** Whether the inputs of a document are a JSON Schema that can be used, defaults included. */
export function checkInputSchema(
  schema: JsonObject,
  locate: Locator,
): Problem[] {
  const count = declaredInputs(schema).length;
  if (count > BLUEPRINT_LIMITS.inputs) {
    return [
      {
        code: 'blueprint.inputs.schema',
        message: `There are ${count} inputs; at most ${BLUEPRINT_LIMITS.inputs} are allowed.`,
        place: locate.key(AT),
        remedy: 'Gather inputs that belong together into one of type object.',
      },
    ];
  }
  const problems = nameProblems(schema, locate);
  if (schema.type !== undefined && schema.type !== 'object') {
    problems.push({
      code: 'blueprint.inputs.schema',
      message: 'The schema of the inputs is not of type object.',
      place: locate.value([...AT, 'type']),
      remedy: 'Write "type: object".',
    });
    return problems;
  }
  const unusable = [
    ...referenceProblems(schema, locate),
    ...patternProblems(schema, locate),
  ];
  // What follows would run what these refuse.
  if (unusable.length > 0) return [...problems, ...unusable];
  problems.push(...writtenSecrets(schema, AT, locate));
  try {
    compileInputs(schema);
  } catch (error) {
    problems.push(schemaProblem(schema, error as Error, locate));
    return problems;
  }
  return [...problems, ...defaultProblems(schema, locate)];
}

function nameProblems(schema: JsonObject, locate: Locator): Problem[] {
  return declaredInputs(schema)
    .filter(({ name }) => !INPUT_NAME.test(name))
    .map(({ name, path }) => ({
      code: 'blueprint.name',
      message: `"${name}" cannot be the name of an input.`,
      place: locate.key([...AT, ...path]),
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

function pathToKey(schema: JsonObject, key: string): DocumentPath | undefined {
  for (const found of keywordsIn(schema)) {
    if (found.key === key) return found.path;
  }
  return undefined;
}

/** A default that its own schema refuses would fail every request that relies on it. */
function defaultProblems(schema: JsonObject, locate: Locator): Problem[] {
  const declared = declaredInputs(schema);
  const usuals = declared.filter(({ property }) =>
    Object.hasOwn(asObject(property), 'default'),
  );
  // All of them at once, each under a number, since compiling is what takes time.
  const validate = schemaCompiler(schema)({
    properties: Object.fromEntries(
      usuals.map(({ property }, index) => [index, property]),
    ),
  });
  const values = usuals.map(({ property }) => asObject(property).default);
  const errors = validate({ ...values }) ? [] : (validate.errors ?? []);
  const refused = usuals.flatMap(({ name, path }, index): Problem[] => {
    const error = errors.find(
      ({ instancePath }) => instancePath.split('/')[1] === String(index),
    );
    if (!error) return [];
    return [
      {
        code: 'blueprint.inputs.default',
        message: `The default of input "${name}" ${error.message}.`,
        place: locate.value([...AT, ...path, 'default']),
        remedy: 'Choose a default that the input itself would accept.',
      },
    ];
  });
  const empty = declared
    .filter(({ property }) => {
      const { readOnly, default: usual, const: only } = asObject(property);
      return readOnly === true && usual === undefined && only === undefined;
    })
    .map(({ name, path }) => ({
      code: 'blueprint.inputs.default',
      message: `Input "${name}" is read-only and has nothing to show.`,
      place: locate.key([...AT, ...path]),
      remedy: 'Give it a default, which is then its value.',
    }));
  return [...refused, ...empty];
}
