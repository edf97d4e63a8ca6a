import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';
import { judgeInputs } from './inputs';
import { unescapePointer } from './pointer';
import { DocumentPath, Locator } from './locator';
import { asObject, isObject } from './values';

const AT = ['spec', 'examples'];

/**
 * Whether the inputs of each example are ones that a request could make.
 *
 * @param schema of the inputs, known to be one that can be used
 */
export function checkExamples(
  examples: JsonValue | undefined,
  schema: JsonObject,
  locate: Locator,
): Problem[] {
  if (!Array.isArray(examples)) return [];
  const names = new Set<string>();
  return examples.flatMap((example, index) => {
    const { name, inputs } = asObject(example);
    const path = [...AT, index];
    const problems = isObject(inputs)
      ? exampleProblems(inputs, schema, path, locate)
      : [];
    if (typeof name === 'string' && names.has(name)) {
      problems.push({
        code: 'blueprint.example',
        message: `There is an example "${name}" above already.`,
        place: locate.value([...path, 'name']),
        remedy: 'Give each example a name of its own.',
      });
    }
    names.add(String(name));
    return problems;
  });
}

function exampleProblems(
  inputs: JsonObject,
  schema: JsonObject,
  path: DocumentPath,
  locate: Locator,
): Problem[] {
  return judgeInputs(schema, inputs).problems.map(
    ({ code, message, remedy, field = '' }) => {
      const steps = field.split('/').slice(1).map(unescapePointer);
      const at = [...path, ...steps];
      const isKey = code === 'input.unknown';
      return {
        code: 'blueprint.example',
        message,
        place: isKey ? locate.key(at) : locate.value(at),
        remedy,
      };
    },
  );
}
