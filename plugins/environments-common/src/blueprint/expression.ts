import {
  ASTNode,
  Environment,
  EvaluationError,
  ParseError,
  TypeError as CelTypeError,
} from '@marcbachmann/cel-js';
import { BLUEPRINT_LIMITS } from './document';
import {
  Condition,
  environmentMistake,
  environmentReference,
  EnvironmentReference,
  isKnownBefore,
} from './environmentReference';
import { costOf, LOOPS, ValueSizes } from './expressionCost';
import { childrenOf, member } from './expressionTree';
import {
  LINEAR_MATCHES,
  linearPattern,
  patternMistake,
} from './linearPatterns';

/** What went wrong inside one expression; offsets count characters of its source. */
export interface ExpressionMistake {
  kind: 'syntax' | 'name' | 'absent' | 'environment' | 'type' | 'cost';
  message: string;
  start: number;
}

export const EXPRESSION_NAMES = [
  'inputs',
  'environment',
  'owner',
  'blueprint',
  'components',
  'environments',
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
  environments: EnvironmentReference[];
  inputs: InputReference[];
  /** Where it draws on the inputs as a whole. */
  allInputs: number[];
  /** Inputs that the expression asks for by has(): it knows what to do without them. */
  guarded: string[];
  mistakes: ExpressionMistake[];
  /** Absent when it is no CEL. */
  ast?: ASTNode;
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

untyped.registerFunction(
  `string.${LINEAR_MATCHES}(string): bool`,
  (text: string, pattern: string) => linearPattern(pattern).test(text),
);

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

function inputReference(node: ASTNode): InputReference | undefined {
  const input = member(node);
  return input?.of.op === 'id' && input.of.args === 'inputs'
    ? { input: input.name, start: node.start }
    : undefined;
}

/** A pattern that is only known when it runs is refused then. */
function matchesMistake([name, , given]: [string, ASTNode, ASTNode[]]) {
  const [pattern] = given;
  return name === 'matches' &&
    typeof pattern?.args === 'string' &&
    pattern.op === 'value'
    ? patternMistake(pattern.args)
    : undefined;
}

/** Where a part of an expression stands. */
interface Around {
  loops: number;
  under: Condition[];
}

const TOP: Around = { loops: 0, under: [] };

function walk(node: ASTNode, around: Around, found: ParsedExpression): void {
  const reference = outputReference(node);
  if (reference) {
    found.references.push(reference);
    return;
  }
  const environment = environmentReference(node, around.under);
  if (environment) {
    found.environments.push(environment);
    const message = environmentMistake(environment);
    if (message) {
      const { start } = environment;
      found.mistakes.push({ kind: 'environment', message, start });
    }
    if (typeof environment.name !== 'string') {
      walk(environment.name, around, found);
    }
    return;
  }
  const input = inputReference(node);
  if (input) {
    found.inputs.push(input);
    return;
  }
  if (node.op === 'id' && node.args === 'inputs') {
    found.allInputs.push(node.start);
  }
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
  if (node.op === 'id' && node.args === 'environments') {
    found.mistakes.push({
      kind: 'environment',
      message:
        'Environments are reached by their outputs, each by its name: environments["<name>"].outputs.<output>.',
      start: node.start,
    });
  }
  const mistake = node.op === 'rcall' && matchesMistake(node.args);
  if (mistake) {
    found.mistakes.push({ kind: 'cost', message: mistake, start: node.start });
  }
  const isLoop = node.op === 'rcall' && LOOPS.has(node.args[0]);
  const depth = isLoop ? around.loops + 1 : around.loops;
  if (depth > BLUEPRINT_LIMITS.expressionLoops) {
    found.mistakes.push({
      kind: 'cost',
      message: `At most ${BLUEPRINT_LIMITS.expressionLoops} loops (${[...LOOPS].join(', ')}) may stand within each other.`,
      start: node.start,
    });
    return;
  }
  for (const child of childrenOf(node.args)) {
    walk(
      child,
      { loops: depth, under: conditionsOf(node, child, around) },
      found,
    );
  }
}

function conditionsOf(
  node: ASTNode,
  child: ASTNode,
  { under }: Around,
): Condition[] {
  if (node.op !== '?:') return under;
  const [test, yes] = node.args;
  return child === test || !isKnownBefore(test)
    ? under
    : [...under, { test, holds: child === yes }];
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
    kind: 'type',
    message: error instanceof Error ? error.message : String(error),
    start: 0,
  };
}

/** The inputs that decide which environment is read, and whether. */
export function inputsChoosing({
  name,
  under,
}: EnvironmentReference): Pick<ParsedExpression, 'inputs' | 'allInputs'> {
  const found = nothingFound();
  const deciding = under.map(({ test }) => test);
  if (typeof name !== 'string') deciding.push(name);
  for (const node of deciding) walk(node, TOP, found);
  return found;
}

function nothingFound(): ParsedExpression {
  return {
    references: [],
    environments: [],
    inputs: [],
    allInputs: [],
    guarded: [],
    mistakes: [],
  };
}

/** Reads one expression: whether it is CEL, what it costs at most, which outputs it draws on. */
export function readExpression(source: string): ParsedExpression {
  const found = nothingFound();
  if (source.length > BLUEPRINT_LIMITS.expressionLength) {
    const message = `The expression has ${source.length} characters; at most ${BLUEPRINT_LIMITS.expressionLength} are allowed.`;
    found.mistakes.push({ kind: 'cost', message, start: 0 });
    return found;
  }
  try {
    found.ast = untyped.parse(source).ast;
    walk(found.ast, TOP, found);
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

/** Whether an expression does more than one is allowed with values of these sizes. */
export function costMistake(
  ast: ASTNode,
  sizes: ValueSizes,
): ExpressionMistake | undefined {
  if (costOf(ast, sizes) <= BLUEPRINT_LIMITS.expressionCost) return undefined;
  return {
    kind: 'cost',
    message:
      'It may do more work than one expression is allowed: loops over long lists, or a value that grows with each step.',
    start: ast.start,
  };
}

/**
 * @param sizes of the values in the scope
 * @throws whatever {@link mistakeOf} can read
 */
export function runExpression(
  source: string,
  scope: Record<string, unknown>,
  sizes: ValueSizes,
): unknown {
  const run = programOf(source);
  const mistake = costMistake(run.ast, sizes);
  if (mistake) throw new RangeError(mistake.message);
  return run(scope);
}

type Program = ReturnType<typeof untyped.parse>;

/** Reading an expression takes longer than running it, and environments run the same ones. */
const programs = new Map<string, Program>();

function programOf(source: string): Program {
  const known = programs.get(source);
  if (known) return known;
  const program = untyped.parse(source);
  matchLinearly(program.ast);
  // Those of one large blueprint fit; all at once is as good as the oldest first.
  if (programs.size >= BLUEPRINT_LIMITS.expressions) programs.clear();
  programs.set(source, program);
  return program;
}

/** Gives every `matches` of an expression that has not run yet to the engine that is never slow. */
function matchLinearly(node: ASTNode): void {
  if (node.op === 'rcall' && node.args[0] === 'matches') {
    node.args[0] = LINEAR_MATCHES;
  }
  childrenOf(node.args).forEach(matchLinearly);
}
