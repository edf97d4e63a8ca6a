import { steadyRows } from './steadyRows';

const rows = (text: string) =>
  text.split(' ').map(word => ({ id: word[0], version: word.slice(1) }));

describe('steadyRows', () => {
  it('takes the server’s order when nobody points at the rows', () => {
    expect(steadyRows(rows('a b'), rows('b a'), false)).toEqual(rows('b a'));
  });

  it('keeps each row under the pointer in its place, with its newest data', () => {
    expect(steadyRows(rows('a1 b1 c1'), rows('c2 a2'), true)).toEqual(
      rows('a2 b1 c2'),
    );
  });

  it('puts new rows below those that are shown', () => {
    expect(steadyRows(rows('b c'), rows('a b c'), true)).toEqual(rows('b c a'));
  });

  it('does not hold back a page of other rows', () => {
    expect(steadyRows(rows('a b'), rows('x y'), true)).toEqual(rows('x y'));
  });
});
