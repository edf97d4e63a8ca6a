import { parseBlueprint } from '../parse';
import { SHOP } from './documents';

/** Stands in the texts where the problem is expected. */
const HERE = '▸';

/** What is in {@link SHOP}, what stands there instead, the code, and part of the remedy. */
export type Mistake = [from: string, to: string, code: string, remedy?: string];

/** What is told of a mistake, and where it stands. */
export function toldOf([from, to, code]: Mistake) {
  if (!SHOP.includes(from)) throw new Error(`SHOP has no ${from}`);
  const { text, line, column } = marked(SHOP.replace(from, () => to));
  const { document, problems } = parseBlueprint(text);
  return {
    document,
    codes: problems.map(problem => problem.code),
    problem: problems.find(problem => problem.code === code),
    place: { file: 'blueprint.yaml', line, column },
  };
}

/** What has to be told of a mistake. */
export function expectedOf([, , code, remedy = '']: Mistake) {
  return {
    document: undefined,
    codes: expect.arrayContaining([code]),
    problem: expect.objectContaining({
      code,
      message: expect.stringMatching(/[.!?]$/),
      remedy: expect.stringContaining(remedy),
    }),
  };
}

function marked(text: string) {
  const before = text.slice(0, text.indexOf(HERE)).split('\n');
  return {
    text: text.replace(HERE, ''),
    line: before.length,
    column: before.at(-1)!.length + 1,
  };
}
