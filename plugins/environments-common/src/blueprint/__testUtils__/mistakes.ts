import { parseBlueprint } from '../parse';
import { SHOP } from './documents';

/** Stands in the texts where the problem is expected. */
const HERE = '▸';

/** What is in {@link SHOP}, what stands there instead, the code, and part of the remedy. */
export type Mistake = [from: string, to: string, code: string, remedy?: string];

/** One test per mistake: it is told by its code, at its line and column, with a remedy. */
export function tellsMistakes(mistakes: Mistake[]): void {
  it.each(
    mistakes.map(([from, to, code, remedy = '']) => [code, from, to, remedy]),
  )('tells %s (case %#)', (code, from, to, remedy) => {
    expect(SHOP).toContain(from);
    const { text, line, column } = marked(SHOP.replace(from, () => to));
    const { document, problems } = parseBlueprint(text);

    const found = problems.find(problem => problem.code === code);
    expect({ document, codes: problems.map(p => p.code) }).toEqual({
      document: undefined,
      codes: expect.arrayContaining([code]),
    });
    expect(found?.place).toEqual({ file: 'blueprint.yaml', line, column });
    expect(found?.remedy).toContain(remedy);
    expect(found?.message).toMatch(/[.!?]$/);
  });
}

function marked(text: string) {
  const before = text.slice(0, text.indexOf(HERE)).split('\n');
  return {
    text: text.replace(HERE, ''),
    line: before.length,
    column: before.at(-1)!.length + 1,
  };
}
