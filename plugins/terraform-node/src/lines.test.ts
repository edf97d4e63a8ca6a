import { LineReader } from './lines';

function linesOf(...chunks: Uint8Array[]): string[] {
  const lines: string[] = [];
  const reader = new LineReader(line => lines.push(line));
  chunks.forEach(chunk => reader.push(chunk));
  reader.end();
  return lines;
}

describe('LineReader', () => {
  it('gives the same lines wherever the bytes are cut, in the middle of a character too', () => {
    const text = 'für alle\n\n€ und 🌱\r\nohne Ende';
    const bytes = Buffer.from(text);
    for (let at = 0; at <= bytes.length; at++) {
      expect(linesOf(bytes.subarray(0, at), bytes.subarray(at))).toEqual([
        'für alle',
        '',
        '€ und 🌱',
        'ohne Ende',
      ]);
    }
  });

  it('puts a line together that came byte by byte', () => {
    const bytes = [...Buffer.from('{"a":"ü"}\n')];
    expect(linesOf(...bytes.map(byte => Uint8Array.of(byte)))).toEqual([
      '{"a":"ü"}',
    ]);
  });

  it('cuts a line of many megabytes and goes on with the next', () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const [cut, next] = linesOf(
      megabyte,
      megabyte,
      megabyte,
      Buffer.from('y\nnext\n'),
    );
    expect(cut.length).toBeLessThan(1024 * 1024 + 100);
    expect(cut).toMatch(/^x+… \(2097153 more characters\)$/);
    expect(next).toBe('next');
  });
});
