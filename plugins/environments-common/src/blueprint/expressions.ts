import { Environment } from '@marcbachmann/cel-js';
import { JsonObject, JsonValue } from '../json';
import { Problem, SourcePlace } from '../problem';
import { BLUEPRINT_LIMITS } from './document';
import { EARLY, earlyOf, EarlyRole } from './early';
import {
  checkExpression,
  costMistake,
  ExpressionMistake,
  inputsChoosing,
  readExpression,
} from './expression';
import { sizesOfSchema, ValueSizes } from './expressionCost';
import { stringsIn } from './graph';
import { certainInputs, inputNames } from './inputSchema';
import { didYouMean } from './nearest';
import { KnownNames, remedyOf, withFullStop } from './remedies';
import {
  ExpressionRole,
  secretFlow,
  secretInputNames,
  secretUse,
} from './secrets';
import { hasExpression, readTemplate, TemplatePart } from './template';
import { asObject } from './values';
import { DocumentPath, Locator } from './locator';

/** One use of a component's output; `from` is the component that uses it, absent for outputs. */
export interface ComponentReference {
  from?: string;
  to: string;
  place?: SourcePlace;
}

interface StringPlace {
  path: DocumentPath;
  /** The component that the string belongs to. */
  component?: string;
  /** The one expression is the whole of it. */
  isWhole: boolean;
  role: ExpressionRole;
}

const MISTAKE_CODES: Record<ExpressionMistake['kind'], string> = {
  syntax: 'blueprint.expression.syntax',
  name: 'blueprint.expression.name',
  absent: 'blueprint.expression.absent',
  environment: 'blueprint.expression.environment',
  type: 'blueprint.expression.type',
  cost: 'blueprint.expression.cost',
};

/** Checks every expression of a document, and gathers which components they draw on. */
export class ExpressionCheck {
  readonly problems: Problem[] = [];
  readonly references: ComponentReference[] = [];
  readonly #known: KnownNames;
  readonly #certain: string[];
  readonly #secrets: Set<string>;
  readonly #sizes: ValueSizes;
  #count = 0;
  #environmentReads = 0;

  /** @param language absent when the schema of the inputs is broken: types are then left alone */
  constructor(
    private readonly spec: JsonObject,
    private readonly language: Environment | undefined,
    private readonly locate: Locator,
  ) {
    const inputs = asObject(spec.inputs);
    this.#certain = certainInputs(inputs);
    this.#secrets = secretInputNames(inputs);
    this.#sizes = sizesOfSchema(inputs);
    this.#known = {
      inputs: inputNames(inputs),
      components: Object.keys(asObject(spec.components)),
    };
  }

  run(): this {
    const { components, outputs } = this.spec;
    for (const [id, component] of Object.entries(asObject(components))) {
      const { with: given, when, pause } = asObject(component);
      const path = ['spec', 'components', id];
      this.#checkStrings(given, [...path, 'with'], 'with', id);
      this.#checkEarly(when, [...path, 'when'], 'when', id);
      const overlay = asObject(pause).with;
      this.#checkStrings(overlay, [...path, 'pause', 'with'], 'pause', id);
    }
    for (const [name, output] of Object.entries(asObject(outputs))) {
      const path = ['spec', 'outputs', name, 'value'];
      const { value, sensitive } = asObject(output);
      const role = sensitive === true ? 'sensitive output' : 'output';
      this.#checkStrings(value, path, role);
    }
    this.#checkProbes();
    const { perDay } = asObject(this.spec.cost);
    this.#checkEarly(perDay, ['spec', 'cost', 'perDay'], 'cost');
    if (this.#count > BLUEPRINT_LIMITS.expressions) {
      this.problems.push({
        code: 'blueprint.expression.cost',
        message: `The document has ${this.#count} expressions; at most ${BLUEPRINT_LIMITS.expressions} are allowed.`,
        place: this.locate.key(['spec', 'components']),
        remedy: 'Split the blueprint.',
      });
    }
    if (this.#environmentReads > BLUEPRINT_LIMITS.environmentReads) {
      this.problems.push({
        code: 'blueprint.expression.cost',
        message: `The document reads other environments at ${this.#environmentReads} places; at most ${BLUEPRINT_LIMITS.environmentReads} are allowed.`,
        place: this.locate.key(['spec', 'components']),
        remedy: 'Split the blueprint.',
      });
    }
    return this;
  }

  #checkProbes(): void {
    const { probes } = asObject(this.spec.idle);
    if (!Array.isArray(probes)) return;
    for (const [index, probe] of probes.entries()) {
      const { http, prometheus } = asObject(probe);
      for (const [kind, field, value] of [
        ['http', 'url', asObject(http).url],
        ['prometheus', 'url', asObject(prometheus).url],
        ['prometheus', 'query', asObject(prometheus).query],
      ] as const) {
        const path = ['spec', 'idle', 'probes', index, kind, field];
        this.#checkStrings(value, path, 'probe');
      }
    }
  }

  #checkStrings(
    value: JsonValue | undefined,
    path: DocumentPath,
    role: ExpressionRole,
    component?: string,
  ): void {
    for (const { text, path: below } of stringsIn(value)) {
      this.#checkString(text, [...path, ...below], role, component);
    }
  }

  #checkEarly(
    text: JsonValue | undefined,
    path: DocumentPath,
    role: EarlyRole,
    component?: string,
  ): void {
    if (typeof text !== 'string') return;
    const { whole, unclosed } = readTemplate(text);
    if (whole === undefined && !unclosed) {
      this.#add(component, {
        ...EARLY[role].problem(`"${text.slice(0, 60)}" is not one expression.`),
        place: this.locate.value(path),
      });
    }
    this.#checkString(text, path, role, component);
  }

  #checkString(
    text: string,
    path: DocumentPath,
    role: ExpressionRole,
    component?: string,
  ): void {
    if (!hasExpression(text)) return;
    const { parts, whole, unclosed } = readTemplate(text);
    const isWhole = whole !== undefined;
    for (const part of parts) {
      if (part.kind === 'expression') {
        this.#checkPart(part, { path, component, isWhole, role });
      }
    }
    if (unclosed) {
      this.#add(component, {
        code: 'blueprint.expression.syntax',
        message: 'An expression is opened by ${{ and never closed.',
        place: this.locate.expression(path, unclosed.index),
        remedy: 'Close it by }}.',
      });
    }
  }

  #checkPart(
    { raw, source, index }: TemplatePart & { kind: 'expression' },
    { path, component, isWhole, role }: StringPlace,
  ): void {
    this.#count++;
    // A document past its limits is not worth the work of reading all of them.
    if (this.#count > BLUEPRINT_LIMITS.expressions) return;
    const early = earlyOf(role);
    const lead = raw.length - raw.trimStart().length;
    const place = (start: number) =>
      this.locate.expression(path, index, { raw, offset: lead + start });
    const tell = (mistake: ExpressionMistake) =>
      this.#add(component, {
        code: MISTAKE_CODES[mistake.kind],
        message: withFullStop(mistake.message),
        place: place(mistake.start),
        remedy: remedyOf(mistake, source, this.#known),
      });

    const read = readExpression(source);
    const { references, environments, inputs, guarded, mistakes, ast } = read;
    mistakes.forEach(tell);
    this.#environmentReads += environments.length;
    const secret = secretUse(read, this.#secrets);
    const leak = secret && secretFlow(role, secret.what);
    if (leak) this.#add(component, { ...leak, place: place(secret.start) });
    for (const environment of environments) {
      const chosen =
        !leak && secretUse(inputsChoosing(environment), this.#secrets);
      const told = chosen && secretFlow('choice', chosen.what);
      if (told) this.#add(component, { ...told, place: place(chosen.start) });
    }
    const refuse = (told: Problem, start: number) =>
      this.#add(component, { ...told, place: place(start) });
    if (early && references.length > 0) {
      const [{ component: to, start }] = references;
      const message = `It draws on component "${to}", which is not there yet.`;
      refuse(early.problem(message), start);
      return;
    }
    if (early && environments.length > 0) {
      const told = early.problem('It draws on another environment.');
      refuse(told, environments[0].start);
      return;
    }
    if (role === 'probe' && environments.length > 0) {
      this.#add(component, {
        code: 'blueprint.idle',
        message: 'A probe may not draw on another environment.',
        place: place(environments[0].start),
        remedy: 'Let it ask by what is known of its own environment.',
      });
      return;
    }
    const strangers = references.filter(
      ({ component: to }) => !this.#known.components.includes(to),
    );
    for (const { component: to, start } of strangers) {
      this.#add(component, {
        code: 'blueprint.component.unknown',
        message: `There is no component "${to}".`,
        place: place(start),
        remedy: didYouMean(to, this.#known.components),
      });
    }
    for (const { component: to, start } of references) {
      this.references.push({ from: component, to, place: place(start) });
    }
    if (!this.language || mistakes.length + strangers.length > 0) return;
    const excess = ast && costMistake(ast, this.#sizes);
    if (excess) {
      tell(excess);
      return;
    }

    const { type, mistake } = checkExpression(this.language, source);
    if (mistake) {
      tell(mistake);
      return;
    }
    if (early && isWhole && !early.types.includes(type ?? 'dyn')) {
      refuse(early.problem(`It gives a value of type ${type}.`), 0);
    }
    if (!isWhole && /^(list|map|null)/.test(type ?? '')) {
      const message = `A ${type} cannot stand inside text.`;
      tell({ kind: 'type', message, start: 0 });
    }
    for (const { input, start } of inputs) {
      if (this.#certain.includes(input) || guarded.includes(input)) continue;
      const message = `Input "${input}" may be absent: it is not required and has no default.`;
      tell({ kind: 'absent', message, start });
    }
  }

  #add(component: string | undefined, problem: Problem): void {
    this.problems.push(component ? { ...problem, component } : problem);
  }
}
