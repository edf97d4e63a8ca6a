import { ASTNode, serialize } from '@marcbachmann/cel-js';
import { JsonValue } from '../json';
import { BlueprintDocument } from './document';
import {
  BlueprintRequestScope,
  Evaluate,
  evaluator,
  noValue,
} from './evaluate';
import { Condition, EnvironmentReference } from './environmentReference';
import { readExpression } from './expression';
import { member } from './expressionTree';
import { stringsIn } from './graph';
import { readTemplate } from './template';

/**
 * An output of another environment that a blueprint reads.
 *
 * @public
 */
export interface EnvironmentRead {
  /** Name of the environment. */
  environment: string;
  output: string;
  /** Where it is read, for people: `components.web.with`. */
  at: string;
  /** The component that reads it; absent: an output of the environment does. */
  component?: string;
  /** The input that names it, where one does. */
  input?: string;
}

interface Place {
  at: string;
  value: JsonValue;
  component?: string;
}

/**
 * Whether expressions of a blueprint read other environments at all.
 *
 * @public
 */
export function readsEnvironments(document: BlueprintDocument): boolean {
  const { components, outputs } = document.spec;
  return placesOf(document, Object.keys(components), Object.keys(outputs)).some(
    place => referencesAt(place).length > 0,
  );
}

/**
 * Which outputs of other environments some parts of a blueprint read with these inputs. A part
 * that a condition leaves out counts, unless the condition is decided before anything is made.
 *
 * @throws BlueprintExpressionError when the name of one has no value, or is no text
 * @public
 */
export function environmentReads(
  document: BlueprintDocument,
  scope: BlueprintRequestScope,
  parts: {
    /** Ids of components. */
    components: string[];
    /** Names of outputs. */
    outputs: string[];
  },
): EnvironmentRead[] {
  const places = placesOf(document, parts.components, parts.outputs).flatMap(
    place => referencesAt(place).map(reference => ({ ...place, reference })),
  );
  if (places.length === 0) return [];
  const evaluate = evaluator(document, { ...scope, components: {} }, new Set());
  return places
    .filter(({ reference, at, component }) =>
      reference.under.every(({ test, holds }) =>
        mayBe(holds, test, source => evaluate(source, at, component)),
      ),
    )
    .map(({ reference, at, component }) => {
      const { name, output } = reference;
      return {
        environment:
          typeof name === 'string'
            ? name
            : nameOf(name, at, evaluate, component),
        output,
        at,
        ...(component !== undefined && { component }),
        ...inputOf(name),
      };
    });
}

function placesOf(
  document: BlueprintDocument,
  components: string[],
  outputs: string[],
): Place[] {
  const { spec } = document;
  return [
    ...components.flatMap((component): Place[] => {
      const { with: given, pause } = spec.components[component];
      const at = `components.${component}`;
      return [
        { at: `${at}.with`, value: given, component },
        { at: `${at}.pause.with`, value: pause?.with ?? {}, component },
      ];
    }),
    ...outputs.map(name => ({
      at: `outputs.${name}.value`,
      value: spec.outputs[name].value,
    })),
  ];
}

function referencesAt({ value }: Place): EnvironmentReference[] {
  return [...stringsIn(value)]
    .filter(({ text }) => text.includes('environments'))
    .flatMap(({ text }) => readTemplate(text).parts)
    .flatMap(part =>
      part.kind === 'expression'
        ? readExpression(part.source).environments
        : [],
    );
}

/** What has no value decides nothing: the mistake is told where the name is asked for. */
function mayBe(
  holds: Condition['holds'],
  test: ASTNode,
  evaluate: (source: string) => JsonValue,
): boolean {
  try {
    return evaluate(serialize(test)) !== !holds;
  } catch {
    return true;
  }
}

function nameOf(
  node: ASTNode,
  at: string,
  evaluate: Evaluate,
  component?: string,
): string {
  const source = serialize(node);
  const name = evaluate(source, at, component);
  if (typeof name === 'string') return name;
  throw noValue(
    source,
    at,
    'It is no text that names an environment.',
    component,
  );
}

function inputOf(name: EnvironmentReference['name']): { input?: string } {
  const input = typeof name === 'string' ? undefined : member(name);
  return input?.of.op === 'id' && input.of.args === 'inputs'
    ? { input: input.name }
    : {};
}
