import {
  Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  YAMLMap,
} from 'yaml';
import { Problem, SourcePlace } from '../problem';
import { BLUEPRINT_LIMITS } from './document';
import { tooDeep } from './yamlLimits';

/** Keys that are no plain words or stand twice, aliases of nothing, and nesting that nobody reads. */
export function nodeProblems(
  document: Document.Parsed,
  place: (offset: number) => SourcePlace,
): Problem[] {
  const problems: Problem[] = [];
  const anchors = new Set<string>();
  function visitPairs(node: YAMLMap, depth: number): void {
    const seen = new Set<string>();
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const { key } = pair;
      const name = isScalar(key) ? String(key.value) : undefined;
      if (name === undefined || seen.has(name)) {
        const offset = isNode(key) ? key.range?.[0] : node.range?.[0];
        problems.push({
          code: 'blueprint.yaml',
          message:
            name === undefined
              ? 'A key is neither a word nor a number.'
              : `The key "${name}" stands here for the second time.`,
          place: place(offset ?? 0),
          remedy: 'Keep one plain key of each name.',
        });
      }
      seen.add(name ?? '');
      visit(pair.value, depth + 1);
    }
  }
  function visit(node: unknown, depth: number): void {
    if (depth > BLUEPRINT_LIMITS.depth) {
      if (!problems.some(({ code }) => code === tooDeep().code)) {
        const offset = isNode(node) ? node.range?.[0] : undefined;
        problems.push({ ...tooDeep(), place: place(offset ?? 0) });
      }
      return;
    }
    if (isAlias(node) && !anchors.has(node.source)) {
      problems.push({
        code: 'blueprint.yaml',
        message: `The alias *${node.source} stands for nothing above it.`,
        place: place(node.range?.[0] ?? 0),
        remedy: 'Quote the text if it is meant to begin with a star.',
      });
    }
    if (isScalar(node) && isNoNumber(node.value)) {
      problems.push({
        code: 'blueprint.yaml',
        message: `${node.value} is no number that a document can hold.`,
        place: place(node.range?.[0] ?? 0),
        remedy: 'Write a finite number, or quote it if it is meant as text.',
      });
    }
    if (isSeq(node)) node.items.forEach(item => visit(item, depth + 1));
    if (isMap(node)) visitPairs(node, depth);
    // Only from here on: what is anchored cannot be a part of itself.
    if (isNode(node) && 'anchor' in node && node.anchor) {
      anchors.add(node.anchor);
    }
  }
  visit(document.contents, 0);
  return problems;
}

function isNoNumber(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}
