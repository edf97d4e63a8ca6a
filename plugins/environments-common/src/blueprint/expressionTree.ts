import { ASTNode } from '@marcbachmann/cel-js';

/** `a.b` and `a["b"]`, which mean the same. */
export function member(
  node: ASTNode,
): { of: ASTNode; name: string } | undefined {
  if (node.op === '.') return { of: node.args[0], name: node.args[1] };
  if (node.op === '[]') {
    const [of, key] = node.args;
    if (key.op === 'value' && typeof key.args === 'string') {
      return { of, name: key.args };
    }
  }
  return undefined;
}

/** The parts of an expression, from the `args` of its node. */
export function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return typeof args === 'object' && args !== null && 'op' in args
    ? [args as ASTNode]
    : [];
}

/** Every name that stands in an expression for a value, the variables of its loops among them. */
export function namesIn(node: ASTNode): string[] {
  return node.op === 'id'
    ? [node.args]
    : childrenOf(node.args).flatMap(namesIn);
}
