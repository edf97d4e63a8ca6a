import { Environment } from '@marcbachmann/cel-js';
import { JsonObject, JsonValue } from '../json';
import { Problem, SourcePlace } from '../problem';
import { BLUEPRINT_LIMITS } from './document';
import {
  checkExpression,
  ExpressionMistake,
  EXPRESSION_NAMES,
  readExpression,
} from './expression';
import { stringsIn } from './graph';
import { inputNames } from './inputSchema';
import { didYouMean } from './nearest';
import { hasExpression, readTemplate } from './template';
import { asObject } from './values';
import { DocumentPath, Locator } from './yamlSource';

/** One use of a component's output; `from` is the component that uses it, absent for outputs. */
export interface ComponentReference {
  from?: string;
  to: string;
  place?: SourcePlace;
}

interface ExpressionPlace {
  path: DocumentPath;
  component?: string;
}

/**
 * Checks every expression of a document. Without a language, because the inputs' schema is
 * broken, types are left alone.
 */
export function checkExpressions(
  spec: JsonObject,
  language: Environment | undefined,
  locate: Locator,
): { problems: Problem[]; references: ComponentReference[] } {
  const problems: Problem[] = [];
  const references: ComponentReference[] = [];
  const components = Object.keys(asObject(spec.components));
  const inputs = inputNames(asObject(spec.inputs));
  let count = 0;

  const checkString = (text: string, at: ExpressionPlace) => {
    const { path, component } = at;
    const owned = component === undefined ? {} : { component };
    const { parts, whole, unclosed } = readTemplate(text);
    if (unclosed) {
      problems.push({
        code: 'blueprint.expression.syntax',
        message: 'An expression is opened by ${{ and never closed.',
        place: locate.expression(path, unclosed.index, -'${{'.length, ''),
        remedy: 'Close it by }}.',
        ...owned,
      });
    }
    for (const part of parts) {
      if (part.kind !== 'expression') continue;
      count++;
      const lead = part.raw.length - part.raw.trimStart().length;
      const place = (offset: number) =>
        locate.expression(path, part.index, lead + offset, part.raw);
      const tell = (mistake: ExpressionMistake) =>
        problems.push({
          code: `blueprint.expression.${mistake.kind}`,
          message: withFullStop(mistake.message),
          place: place(mistake.start),
          remedy: remedyOf(mistake, part.source, { inputs, components }),
          ...owned,
        });

      const read = readExpression(part.source);
      read.mistakes.forEach(tell);
      for (const { component: to, start } of read.references) {
        references.push({ from: component, to, place: place(start) });
        if (components.includes(to)) continue;
        problems.push({
          code: 'blueprint.component.unknown',
          message: `There is no component "${to}".`,
          place: place(start),
          remedy: didYouMean(to, components),
          ...owned,
        });
      }
      const isKnown = read.references.every(r =>
        components.includes(r.component),
      );
      if (!language || read.mistakes.length > 0 || !isKnown) continue;
      const { type, mistake } = checkExpression(language, part.source);
      if (mistake) tell(mistake);
      else if (whole === undefined && /^(list|map|null)/.test(type ?? '')) {
        tell({
          kind: 'type',
          message: `A ${type} cannot stand inside text`,
          start: 0,
        });
      }
    }
  };

  const checkValue = (value: JsonValue, at: ExpressionPlace) => {
    for (const { text, path } of stringsIn(value)) {
      if (hasExpression(text)) {
        checkString(text, { ...at, path: [...at.path, ...path] });
      }
    }
  };

  for (const [id, component] of Object.entries(asObject(spec.components))) {
    const path = ['spec', 'components', id, 'with'];
    checkValue(asObject(component).with ?? null, { path, component: id });
  }
  for (const [name, output] of Object.entries(asObject(spec.outputs))) {
    const path = ['spec', 'outputs', name, 'value'];
    checkValue(asObject(output).value ?? null, { path });
  }
  if (count > BLUEPRINT_LIMITS.expressions) {
    problems.push({
      code: 'blueprint.expression.cost',
      message: `The document has ${count} expressions; at most ${BLUEPRINT_LIMITS.expressions} are allowed.`,
      place: locate.key(['spec', 'components']),
      remedy: 'Split the blueprint.',
    });
  }
  return { problems, references };
}

function withFullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function remedyOf(
  { kind, message, start }: ExpressionMistake,
  source: string,
  known: { inputs: string[]; components: string[] },
): string {
  switch (kind) {
    case 'name':
      return nameRemedy(message, source.slice(0, start), known);
    case 'cost':
      return 'Make it simpler.';
    case 'type':
      return 'Make the types fit; string(), int() and double() turn one into another.';
    default:
      return 'Write it in CEL, such as inputs.name or "site-" + environment.slug.';
  }
}

/** @param before what stands before the wrong name */
function nameRemedy(
  message: string,
  before: string,
  known: { inputs: string[]; components: string[] },
): string {
  const name = /: (\w+)$/.exec(message)?.[1] ?? '';
  if (/^Unknown variable/.test(message)) {
    return didYouMean(name, [...EXPRESSION_NAMES]);
  }
  if (/\binputs\s*(\.|\[["'])\s*$/.test(before)) {
    return didYouMean(name, known.inputs);
  }
  if (/\bcomponents\s*(\.|\[["'])\s*$/.test(before)) {
    return didYouMean(name, known.components);
  }
  return 'Known are inputs.<name>, environment.{id, name, slug, owner, type}, owner.{ref, name}, blueprint.{name, version} and components.<id>.outputs.<name>.';
}
