import {
  ASTNode,
  Environment,
  EvaluationError,
  ParseError,
  TypeError as CelTypeError,
} from '@marcbachmann/cel-js';
import { BLUEPRINT_LIMITS } from './document';

/** What went wrong inside one expression; offsets count characters of its source. */
export interface ExpressionMistake {
  kind: 'syntax' | 'name' | 'absent' | 'type' | 'cost' | 'value';
  message: string;
  start: number;
}

export const EXPRESSION_NAMES = [
  'inputs',
  'environment',
  'owner',
  'blueprint',
  'components',
] as const;

/** `components.database.outputs.url`, as it stands in an expression. */
export interface OutputReference {
  component: string;
  output: string;
  start: number;
}

/** `inputs.size`, as it stands in an expression. */
export interface InputReference {
  input: string;
  start: number;
}

export interface ParsedExpression {
  references: OutputReference[];
  inputs: InputReference[];
  /** Inputs that the expression asks for by has(): it knows what to do without them. */
  guarded: string[];
  mistakes: ExpressionMistake[];
}

const options = {
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: BLUEPRINT_LIMITS.expressionNodes,
    maxDepth: BLUEPRINT_LIMITS.expressionDepth,
    maxListElements: 100,
    maxMapEntries: 100,
    maxCallArguments: 16,
  },
};

/** A language with nothing declared yet. */
export function emptyLanguage(): Environment {
  return new Environment(options);
}

/** Values are what they are when an expression runs; types were checked at authoring time. */
const untyped = EXPRESSION_NAMES.reduce(
  (language, name) => language.registerVariable(name, 'map'),
  emptyLanguage(),
);

const LOOPS = new Set([
  'all',
  'exists',
  'exists_one',
  'existsOne',
  'filter',
  'map',
  'transformList',
  'transformMap',
]);

/** `a.b` and `a["b"]`, which mean the same. */
function member(node: ASTNode): { of: ASTNode; name: string } | undefined {
  if (node.op === '.') return { of: node.args[0], name: node.args[1] };
  if (node.op === '[]') {
    const [of, key] = node.args;
    if (key.op === 'value' && typeof key.args === 'string') {
      return { of, name: key.args };
    }
  }
  return undefined;
}

function outputReference(node: ASTNode): OutputReference | undefined {
  const output = member(node);
  const outputs = output && member(output.of);
  const component = outputs && member(outputs.of);
  if (
    component?.of.op === 'id' &&
    component.of.args === 'components' &&
    outputs?.name === 'outputs'
  ) {
    return {
      component: component.name,
      output: output!.name,
      start: component.of.start,
    };
  }
  return undefined;
}

function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return typeof args === 'object' && args !== null && 'op' in args
    ? [args as ASTNode]
    : [];
}

function inputReference(node: ASTNode): InputReference | undefined {
  const input = member(node);
  return input?.of.op === 'id' && input.of.args === 'inputs'
    ? { input: input.name, start: node.start }
    : undefined;
}

function walk(node: ASTNode, loops: number, found: ParsedExpression): void {
  const reference = outputReference(node);
  if (reference) {
    found.references.push(reference);
    return;
  }
  const input = inputReference(node);
  if (input) found.inputs.push(input);
  if (node.op === 'call' && node.args[0] === 'has') {
    const asked = node.args[1].map(inputReference);
    found.guarded.push(...asked.flatMap(each => each?.input ?? []));
  }
  if (node.op === 'id' && node.args === 'components') {
    found.mistakes.push({
      kind: 'name',
      message:
        'Components are reached by their outputs, each by its name: components.<id>.outputs.<name>.',
      start: node.start,
    });
  }
  const isLoop = node.op === 'rcall' && LOOPS.has(node.args[0]);
  const depth = isLoop ? loops + 1 : loops;
  if (depth > BLUEPRINT_LIMITS.expressionLoops) {
    found.mistakes.push({
      kind: 'cost',
      message: `At most ${BLUEPRINT_LIMITS.expressionLoops} loops (${[...LOOPS].join(', ')}) may stand within each other.`,
      start: node.start,
    });
    return;
  }
  for (const child of childrenOf(node.args)) walk(child, depth, found);
}

export function mistakeOf(error: unknown): ExpressionMistake {
  if (error instanceof ParseError) {
    const kind = /limit|exceed/i.test(error.code) ? 'cost' : 'syntax';
    return { kind, message: error.summary, start: error.range?.start ?? 0 };
  }
  if (error instanceof CelTypeError || error instanceof EvaluationError) {
    const isName = /^(no_such_key|unknown_variable|undeclared)/.test(
      error.code,
    );
    return {
      kind: isName || /^Unknown variable/.test(error.summary) ? 'name' : 'type',
      message: error.summary,
      start: error.range?.start ?? 0,
    };
  }
  return {
    kind: 'value',
    message: error instanceof Error ? error.message : String(error),
    start: 0,
  };
}

/** Reads one expression: whether it is CEL, what it costs at most, which outputs it draws on. */
export function readExpression(source: string): ParsedExpression {
  const found: ParsedExpression = {
    references: [],
    inputs: [],
    guarded: [],
    mistakes: [],
  };
  if (source.length > BLUEPRINT_LIMITS.expressionLength) {
    const message = `The expression has ${source.length} characters; at most ${BLUEPRINT_LIMITS.expressionLength} are allowed.`;
    found.mistakes.push({ kind: 'cost', message, start: 0 });
    return found;
  }
  try {
    walk(untyped.parse(source).ast, 0, found);
  } catch (error) {
    found.mistakes.push(mistakeOf(error));
  }
  return found;
}

/** Whether the types of an expression fit, in a language that declares its names. */
export function checkExpression(
  language: Environment,
  source: string,
): { type?: string; mistake?: ExpressionMistake } {
  const { valid, type, error } = language.check(source);
  return valid ? { type } : { mistake: mistakeOf(error) };
}

/** @throws whatever {@link mistakeOf} can read */
export function runExpression(
  source: string,
  scope: Record<string, unknown>,
): unknown {
  return untyped.evaluate(source, scope);
}
