import { parseBlueprint } from '../../parse';
import { SHOP } from '../documents';

/** Stands in the texts where the problem is expected. */
const HERE = '▸';

/**
 * A slip: what is in {@link SHOP}, what stands there instead, with a sign at the place that is
 * told, and what is told of it.
 */
export type Mistake = [
  from: string,
  to: string,
  code: string,
  /** Part of the remedy. */
  remedy?: string,
  /** What is told besides, since the slip has more than one consequence. */
  also?: string[],
];

/** A slip that takes several changes. */
export function changes(
  ...pairs: [from: string, to: string][]
): [from: string, to: string] {
  const text = pairs.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`SHOP has no ${from}`);
    return before.replace(from, () => to);
  }, SHOP);
  return [SHOP, text];
}

/** The text with the slip in it, and the line and column of the sign in it. */
export function slipped([from, to]: Mistake) {
  if (!SHOP.includes(from)) throw new Error(`SHOP has no ${from}`);
  const marked = SHOP.replace(from, () => to);
  const before = marked.slice(0, marked.indexOf(HERE)).split('\n');
  return {
    text: marked.replace(HERE, ''),
    line: before.length,
    column: before.at(-1)!.length + 1,
  };
}

/** What is told of a slip: every code in the order of the text, and the problem of its own code. */
export function toldOf(mistake: Mistake) {
  const { text, line, column } = slipped(mistake);
  const { document, problems } = parseBlueprint(text);
  return {
    document,
    codes: problems.map(({ code }) => code),
    problem: problems.find(({ code }) => code === mistake[2]),
    place: { file: 'blueprint.yaml', line, column },
  };
}
