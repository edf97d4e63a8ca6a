import { EXPRESSION_NAMES, ExpressionMistake } from './expression';
import { PATTERN_REMEDY } from './linearPatterns';
import { didYouMean } from './nearest';

export interface KnownNames {
  inputs: string[];
  components: string[];
}

/** What an author can do about a mistake in an expression. */
export function remedyOf(
  { kind, message, start }: ExpressionMistake,
  source: string,
  known: KnownNames,
): string {
  switch (kind) {
    case 'name':
      return nameRemedy(message, source.slice(0, start), known);
    case 'absent':
      return 'Give it a default, require it, or ask first: has(inputs.name) ? inputs.name : "".';
    case 'environment':
      return 'Write environments["shop-db"].outputs.url, or environments[inputs.database].outputs.url to have it chosen by an input.';
    case 'cost':
      return /regular expression/.test(message)
        ? PATTERN_REMEDY
        : 'Make it simpler: fewer loops, or maxItems and maxLength in the schema of the inputs it draws on.';
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
  known: KnownNames,
): string {
  const name = /: (\w+)$/.exec(message)?.[1] ?? '';
  if (/^Unknown variable/.test(message)) {
    return didYouMean(name, [...EXPRESSION_NAMES]);
  }
  if (/\binputs\s*(\.|\[["'])\s*$/.test(before)) {
    return didYouMean(name, known.inputs);
  }
  return 'Known are inputs.<name>, environment.{id, name, slug, owner, type}, owner.{ref, name}, blueprint.{name, version}, components.<id>.outputs.<name> and environments["<name>"].outputs.<output>.';
}

/** What the library says, as a sentence. */
export function withFullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
