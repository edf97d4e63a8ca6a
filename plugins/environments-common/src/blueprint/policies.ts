import { Environment } from '@marcbachmann/cel-js';
import { JsonObject } from '../json';
import { Problem } from '../problem';
import { checkExpression, costMistake, readExpression } from './expression';
import { sizesOfSchema } from './expressionCost';
import { inputNames } from './inputSchema';
import { declareRequest, emptyPolicyLanguage } from './language';
import { Locator } from './locator';
import { remedyOf, withFullStop } from './remedies';
import { secretInputNames, secretUse } from './secrets';
import { asObject } from './values';

/**
 * The rules of a blueprint's policies: each asks what is known of a request, and nothing that is
 * made only later.
 */
export function checkPolicies(spec: JsonObject, locate: Locator): Problem[] {
  const { policies } = spec;
  if (!Array.isArray(policies)) return [];
  const language = declareRequest(emptyPolicyLanguage(), asObject(spec.inputs));
  return policies.flatMap((policy, index) => {
    const { rule } = asObject(policy);
    const told = typeof rule === 'string' && ruleMistake(rule, spec, language);
    if (!told) return [];
    const place = locate.value(['spec', 'policies', String(index), 'rule']);
    return [{ code: 'blueprint.policy', ...told, place }];
  });
}

function ruleMistake(
  rule: string,
  spec: JsonObject,
  language: Environment,
): Pick<Problem, 'message' | 'remedy'> | undefined {
  const inputs = asObject(spec.inputs);
  const read = readExpression(rule);
  const { references, environments, mistakes, ast } = read;
  const secret = secretUse(read, secretInputNames(inputs));
  if (secret) {
    return {
      message: `The rule asks for the secret ${secret.what}; a policy decides in the open.`,
      remedy: 'Decide by an input that is no secret.',
    };
  }
  if (references.length + environments.length > 0) {
    return {
      message: 'The rule draws on an output, which is not there yet.',
      remedy: 'Decide by inputs, environment, owner and blueprint.',
    };
  }
  const excess = ast && costMistake(ast, sizesOfSchema(inputs));
  const [first = excess] = mistakes;
  const { type, mistake = undefined } =
    first === undefined ? checkExpression(language, rule) : {};
  const told = first ?? mistake;
  if (told) {
    const known = {
      inputs: inputNames(inputs),
      components: Object.keys(asObject(spec.components)),
    };
    return {
      message: withFullStop(`The rule is not right: ${told.message}`),
      remedy: remedyOf(told, rule, known),
    };
  }
  return type === 'bool' || type === 'dyn'
    ? undefined
    : {
        message: `The rule gives a value of type ${type}.`,
        remedy: 'Let it say true or false, such as inputs.size == "small".',
      };
}
