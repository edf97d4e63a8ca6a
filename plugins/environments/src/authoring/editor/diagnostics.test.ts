import { Text } from '@codemirror/state';
import { diagnosticsOf } from './diagnostics';

const TEXT = Text.of(['name: shop', '  colur: red', '']);
const at = (place?: { line?: number; column?: number }) => {
  const [{ from, to }] = diagnosticsOf(TEXT, [
    {
      code: 'x',
      message: 'Wrong.',
      ...(place && { place: { file: 'blueprint.yaml', ...place } }),
    },
  ]);
  return TEXT.sliceString(from, to);
};

describe('diagnosticsOf', () => {
  it('marks the word at the place, or the whole line where no column is known', () => {
    expect(at({ line: 2, column: 3 })).toBe('colur');
    expect(at({ line: 1 })).toBe('name: shop');
    expect(at()).toBe('name: shop');
  });

  it('stays within the text, whatever place it is given', () => {
    expect(at({ line: 99, column: 99 })).toBe('');
    expect(at({ line: 0, column: 0 })).toBe('name');
    expect(at({ line: 2, column: 400 })).toBe('');
  });

  it('says what to do with what is wrong', () => {
    const [{ message }] = diagnosticsOf(TEXT, [
      { code: 'x', message: 'No "colur".', remedy: 'Did you mean "colour"?' },
    ]);
    expect(message).toBe('No "colur". Did you mean "colour"?');
  });
});
