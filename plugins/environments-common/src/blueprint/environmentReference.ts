import { ASTNode } from '@marcbachmann/cel-js';
import { environmentNameProblem } from '../environmentName';
import { member, namesIn } from './expressionTree';

/** What is known before anything is made, so that it may choose the environment to read. */
const KNOWN_BEFORE = ['inputs', 'environment', 'owner', 'blueprint'];

/** A part of an expression that has a value before anything is made. */
export interface Condition {
  test: ASTNode;
  holds: boolean;
}

/** `environments["shop-db"].outputs.url`, as it stands in an expression. */
export interface EnvironmentReference {
  /** What names the environment: a text as it is, or what gives it. */
  name: string | ASTNode;
  output: string;
  start: number;
  /** It is read only where all of these are so, as far as that is known before anything is made. */
  under: Condition[];
}

/** @returns undefined for what is none, or one of the wrong shape */
export function environmentReference(
  node: ASTNode,
  under: Condition[],
): EnvironmentReference | undefined {
  const output = member(node);
  const outputs = output && member(output.of);
  if (!output || outputs?.name !== 'outputs') return undefined;
  const environment = entry(outputs.of);
  if (environment?.of.op !== 'id' || environment.of.args !== 'environments') {
    return undefined;
  }
  const { of, name } = environment;
  return { name, output: output.name, start: of.start, under };
}

/** Why there can be no such environment, or why nobody can know which it is. */
export function environmentMistake({
  name,
}: EnvironmentReference): string | undefined {
  if (typeof name === 'string') {
    return environmentNameProblem(name)
      ? `There can be no environment "${name.slice(0, 60)}".`
      : undefined;
  }
  return isKnownBefore(name)
    ? undefined
    : 'Which environment is read is known before anything is made: named by a text, or by inputs, environment, owner and blueprint.';
}

export function isKnownBefore(node: ASTNode): boolean {
  return namesIn(node).every(name => KNOWN_BEFORE.includes(name));
}

function entry(
  node: ASTNode,
): { of: ASTNode; name: string | ASTNode } | undefined {
  const named = member(node);
  if (named || node.op !== '[]') return named;
  const [of, name] = node.args;
  return { of, name };
}
