import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';
import { BlueprintDocument } from './document';
import { mistakeOf, readExpression, runExpression } from './expression';
import { stringsIn } from './graph';
import { readTemplate } from './template';
import { fromCel, toCel, toText } from './values';

/** What expressions of one environment see. */
export interface BlueprintScope {
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
  /** Components that have been applied, with what they gave. */
  components: Record<
    string,
    { outputs: Record<string, { value: JsonValue; sensitive: boolean }> }
  >;
}

export interface ResolvedOutput {
  name: string;
  title: string;
  value: JsonValue;
  sensitive: boolean;
}

/** An expression that was right by itself has no value with these inputs and outputs. */
export class BlueprintExpressionError extends Error {
  readonly name = 'BlueprintExpressionError';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/**
 * The `with` of a component, every expression resolved.
 *
 * @throws BlueprintExpressionError when one has no value
 */
export function resolveWith(
  document: BlueprintDocument,
  componentId: string,
  scope: BlueprintScope,
): JsonObject {
  const { with: given } = document.spec.components[componentId];
  const run = runner(document, scope);
  const at = `components.${componentId}.with`;
  return resolveValue(given, run, at, componentId) as JsonObject;
}

/**
 * What people get to see. An output that draws on a sensitive one is sensitive itself.
 *
 * @throws BlueprintExpressionError when one has no value
 */
export function resolveOutputs(
  document: BlueprintDocument,
  scope: BlueprintScope,
): ResolvedOutput[] {
  const run = runner(document, scope);
  return Object.entries(document.spec.outputs).map(
    ([name, { title, value }]) => ({
      name,
      title: title ?? name,
      value: resolveValue(value, run, `outputs.${name}.value`),
      sensitive: drawsOnSensitive(value, scope),
    }),
  );
}

type Run = (source: string, at: string, component?: string) => JsonValue;

function resolveValue(
  value: JsonValue,
  run: Run,
  at: string,
  component?: string,
): JsonValue {
  if (typeof value === 'string') return resolveText(value, run, at, component);
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      resolveValue(item, run, `${at}[${index}]`, component),
    );
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      resolveValue(inner, run, `${at}.${key}`, component),
    ]),
  );
}

function resolveText(
  text: string,
  run: Run,
  at: string,
  component?: string,
): JsonValue {
  const { parts, whole } = readTemplate(text);
  if (whole !== undefined) return run(whole, at, component);
  return parts
    .map(part => {
      if (part.kind === 'text') return part.text;
      const value = run(part.source, at, component);
      try {
        return toText(value);
      } catch (error) {
        throw failure(part.source, at, (error as Error).message, component);
      }
    })
    .join('');
}

function runner(document: BlueprintDocument, scope: BlueprintScope): Run {
  const seen = {
    inputs: toCel(scope.inputs, document.spec.inputs),
    environment: scope.environment,
    owner: scope.owner,
    blueprint: scope.blueprint,
    components: Object.fromEntries(
      Object.entries(scope.components).map(([id, { outputs }]) => [
        id,
        {
          outputs: Object.fromEntries(
            Object.entries(outputs).map(([name, { value }]) => [
              name,
              toCel(value),
            ]),
          ),
        },
      ]),
    ),
  };
  return (source, at, component) => {
    try {
      return fromCel(runExpression(source, seen));
    } catch (error) {
      const missing = missingOutput(source, scope);
      const message = missing ?? reason(error);
      throw failure(source, at, message, component);
    }
  };
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

function failure(
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

function drawsOnSensitive(value: JsonValue, scope: BlueprintScope): boolean {
  for (const { text } of stringsIn(value)) {
    for (const part of readTemplate(text).parts) {
      if (part.kind !== 'expression') continue;
      const { references } = readExpression(part.source);
      const sensitive = references.some(
        ({ component, output }) =>
          scope.components[component]?.outputs[output]?.sensitive ?? false,
      );
      if (sensitive) return true;
    }
  }
  return false;
}
