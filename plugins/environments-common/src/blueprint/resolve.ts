import { JsonObject, JsonValue } from '../json';
import { BlueprintDocument, BlueprintProbe } from './document';
import { BlueprintScope, Evaluate, evaluator, noValue } from './evaluate';
import { readExpression } from './expression';
import { stringsIn } from './graph';
import { readTemplate } from './template';
import { isObject, toText } from './values';
import { absentAmong } from './wanted';

export interface ResolvedOutput {
  name: string;
  title: string;
  value: JsonValue;
  sensitive: boolean;
}

/**
 * The `with` of a component, every expression resolved; `paused` lays what the component's
 * `pause` says over it. Outputs of components that the environment does without are null.
 *
 * @throws BlueprintExpressionError when an expression has no value
 */
export function resolveWith(
  document: BlueprintDocument,
  componentId: string,
  scope: BlueprintScope,
  options: { paused?: boolean } = {},
): JsonObject {
  const { with: given, pause } = document.spec.components[componentId];
  const { evaluate } = evaluatorFor(
    [given, pause?.with ?? {}],
    document,
    scope,
  );
  const resolve = (value: JsonValue, field: string) =>
    resolveValue(
      value,
      evaluate,
      `components.${componentId}.${field}`,
      componentId,
    ) as JsonObject;

  const usual = resolve(given, 'with');
  return options.paused && pause
    ? overlaid(usual, resolve(pause.with, 'pause.with'))
    : usual;
}

/**
 * What people get to see. An output that draws on a sensitive one is sensitive itself, as is one
 * that the blueprint declares so; one that draws on a component that the environment does without is left out.
 *
 * @throws BlueprintExpressionError when one has no value
 */
export function resolveOutputs(
  document: BlueprintDocument,
  scope: BlueprintScope,
): ResolvedOutput[] {
  const values = Object.values(document.spec.outputs).map(({ value }) => value);
  const { evaluate, absent } = evaluatorFor(values, document, scope);
  return Object.entries(document.spec.outputs)
    .map(([name, output]) => ({ name, ...output, uses: usesOf(output.value) }))
    .filter(({ uses }) => !uses.some(({ component }) => absent.has(component)))
    .map(({ name, title, value, uses, sensitive }) => ({
      name,
      title: title ?? name,
      value: resolveValue(value, evaluate, `outputs.${name}.value`),
      sensitive:
        sensitive === true ||
        uses.some(
          ({ component, output }) =>
            scope.components[component]?.outputs[output]?.sensitive ?? false,
        ),
    }));
}

/** What is asked by a probe, every expression resolved. */
export type ResolvedProbe = Required<
  Pick<BlueprintProbe, 'http'> | Pick<BlueprintProbe, 'prometheus'>
>;

/**
 * A probe of the `idle` section as an environment asks it.
 *
 * @returns undefined when it draws on a component that the environment does without
 * @throws BlueprintExpressionError when an expression has no value, or one that is secret
 */
export function resolveProbe(
  document: BlueprintDocument,
  { name, http, prometheus }: BlueprintProbe,
  scope: BlueprintScope,
): ResolvedProbe | undefined {
  const given = (http ? { http } : { prometheus }) as JsonObject;
  const { evaluate, absent } = evaluatorFor([given], document, scope);
  const uses = usesOf(given);
  if (uses.some(({ component }) => absent.has(component))) return undefined;
  const at = `idle.probes.${name}`;
  const secret = uses.find(
    ({ component, output }) =>
      scope.components[component]?.outputs[output]?.sensitive,
  );
  if (secret) {
    const { component, output } = secret;
    throw noValue(
      `components.${component}.outputs.${output}`,
      at,
      'It is sensitive, and what a probe asks is kept in the open.',
    );
  }
  return resolveValue(given, evaluate, at) as ResolvedProbe;
}

/**
 * Sees the components that the values draw on and no others: each would otherwise cost all of
 * them, and an environment the square of its components.
 */
function evaluatorFor(
  values: JsonValue[],
  document: BlueprintDocument,
  scope: BlueprintScope,
): { evaluate: Evaluate; absent: ReadonlySet<string> } {
  const ids = [...new Set(usesOf(values).map(({ component }) => component))];
  const absent = absentAmong(document, scope, ids);
  const components = Object.fromEntries(
    ids
      .filter(id => Object.hasOwn(scope.components, id))
      .map(id => [id, scope.components[id]]),
  );
  return {
    evaluate: evaluator(document, { ...scope, components }, absent),
    absent,
  };
}

/** Maps are merged key by key; lists and everything else take the place of what was there. */
function overlaid(usual: JsonObject, overlay: JsonObject): JsonObject {
  const entries = Object.entries(overlay).map(([key, value]) => {
    const before = Object.hasOwn(usual, key) ? usual[key] : undefined;
    return [
      key,
      isObject(before) && isObject(value) ? overlaid(before, value) : value,
    ];
  });
  return { ...usual, ...Object.fromEntries(entries) };
}

function resolveValue(
  value: JsonValue,
  evaluate: Evaluate,
  at: string,
  component?: string,
): JsonValue {
  if (typeof value === 'string') {
    return resolveText(value, evaluate, at, component);
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      resolveValue(item, evaluate, `${at}[${index}]`, component),
    );
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      resolveValue(inner, evaluate, `${at}.${key}`, component),
    ]),
  );
}

function resolveText(
  text: string,
  evaluate: Evaluate,
  at: string,
  component?: string,
): JsonValue {
  const { parts, whole } = readTemplate(text);
  if (whole !== undefined) return evaluate(whole, at, component);
  return parts
    .map(part => {
      if (part.kind === 'text') return part.text;
      const value = evaluate(part.source, at, component);
      try {
        return toText(value);
      } catch (error) {
        throw noValue(part.source, at, (error as Error).message, component);
      }
    })
    .join('');
}

function usesOf(value: JsonValue) {
  return [...stringsIn(value)].flatMap(({ text }) =>
    readTemplate(text).parts.flatMap(part =>
      part.kind === 'expression' ? readExpression(part.source).references : [],
    ),
  );
}
