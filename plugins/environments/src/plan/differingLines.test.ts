import { differingLines } from './differingLines';

const text = (...lines: string[]) => lines.join('\n');

describe('differingLines', () => {
  it('leaves out what is the same at both ends', () => {
    expect(
      differingLines(text('a', 'b', 'old', 'z'), text('a', 'b', 'new', 'z')),
    ).toEqual({
      before: text('⋯ 2 lines unchanged', 'old', '⋯ 1 line unchanged'),
      after: text('⋯ 2 lines unchanged', 'new', '⋯ 1 line unchanged'),
    });
  });

  it('leaves out what is the same between two changes', () => {
    expect(
      differingLines(text('1', 'same', '2'), text('one', 'same', 'two')),
    ).toEqual({
      before: text('1', '⋯ 1 line unchanged', '2'),
      after: text('one', '⋯ 1 line unchanged', 'two'),
    });
  });

  it('tells lines that are only in one of both', () => {
    expect(differingLines(text('a', 'a'), text('a', 'b', 'a'))).toEqual({
      before: '⋯ 2 lines unchanged',
      after: text('⋯ 1 line unchanged', 'b', '⋯ 1 line unchanged'),
    });
  });

  it('calls everything between the ends changed where comparing would take too long', () => {
    const many = (name: string) => [
      ...Array.from({ length: 600 }, (_, index) => `${name} ${index}`),
      'same',
      name,
    ];
    const { before } = differingLines(text(...many('x')), text(...many('y')));
    expect(before.split('\n')).toHaveLength(602);
  });
});
