import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';
import { BlueprintDocument } from './document';
import { mistakeOf, readExpression, runExpression } from './expression';
import { sizeOfValue } from './expressionCost';
import { fromCel, toCel } from './values';

/** What is known of an environment before anything of it is made. */
export interface BlueprintRequestScope {
  inputs: JsonObject;
  environment: {
    id: string;
    name: string;
    slug: string;
    owner: string;
    type: string;
  };
  owner: { ref: string; name: string };
  blueprint: { name: string; version: string };
}

/** What expressions of one environment see. */
export interface BlueprintScope extends BlueprintRequestScope {
  /** Components that have been applied, with what they gave. */
  components: Record<
    string,
    { outputs: Record<string, { value: JsonValue; sensitive: boolean }> }
  >;
  /** What is read of other environments, by their names; absent: nothing. */
  environments?: Record<string, { outputs: JsonObject }>;
}

/** An expression that was right by itself has no value with these inputs and outputs. */
export class BlueprintExpressionError extends Error {
  readonly name = 'BlueprintExpressionError';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/**
 * Gives the value of one expression.
 *
 * @param at where it stands, for people: `components.web.with.url`
 * @throws BlueprintExpressionError when it has none
 */
export type Evaluate = (
  source: string,
  at: string,
  component?: string,
) => JsonValue;

/** @param absent components that the environment does without: all their outputs are null */
export function evaluator(
  document: BlueprintDocument,
  scope: BlueprintScope,
  absent: ReadonlySet<string>,
): Evaluate {
  const components = Object.fromEntries(
    Object.entries(scope.components)
      .filter(([id]) => !absent.has(id))
      .map(([id, { outputs }]) => [id, { outputs: outputValues(outputs) }]),
  );
  const seen = {
    inputs: toCel(scope.inputs, document.spec.inputs),
    environment: scope.environment,
    owner: scope.owner,
    blueprint: scope.blueprint,
    components,
    environments: toCel(scope.environments ?? {}),
  };
  const sizes = new Map(
    Object.entries(seen).map(([name, value]) => [name, sizeOfValue(value)]),
  );
  return (source, at, component) => {
    const nothing = nullOutputs(source, absent);
    try {
      return fromCel(
        runExpression(
          source,
          { ...seen, components: { ...components, ...nothing } },
          sizes,
        ),
      );
    } catch (error) {
      const message = missingOutput(source, scope) ?? reason(error);
      throw noValue(source, at, message, component);
    }
  };
}

export function noValue(
  source: string,
  at: string,
  message: string,
  component?: string,
): BlueprintExpressionError {
  return new BlueprintExpressionError({
    code: 'blueprint.expression.failed',
    message: `The expression \${{ ${source} }} at ${at} has no value: ${message}`,
    remedy:
      'If an input may be absent, give it a default in the blueprint, or ask has(inputs.name) first.',
    ...(component === undefined ? {} : { component }),
  });
}

function outputValues(outputs: Record<string, { value: JsonValue }>) {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { value }]) => [name, toCel(value)]),
  );
}

/** Outputs are only ever reached by name, so those that an expression names are all it can see. */
function nullOutputs(source: string, absent: ReadonlySet<string>) {
  const found: Record<string, { outputs: Record<string, null> }> = {};
  if (absent.size === 0) return found;
  for (const { component, output } of readExpression(source).references) {
    if (!absent.has(component)) continue;
    found[component] ??= { outputs: {} };
    found[component].outputs[output] = null;
  }
  return found;
}

function reason(error: unknown): string {
  const { message } = mistakeOf(error);
  return /\.$/.test(message) ? message : `${message}.`;
}

function missingOutput(
  source: string,
  scope: BlueprintScope,
): string | undefined {
  for (const { component, output } of readExpression(source).references) {
    const given = scope.components[component]?.outputs;
    if (given && !Object.hasOwn(given, output)) {
      const names = Object.keys(given);
      return `Component "${component}" gave no output "${output}"; it gave ${names.join(', ') || 'none'}.`;
    }
  }
  return undefined;
}
