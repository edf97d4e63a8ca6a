import fc from 'fast-check';
import { LogCap } from './logCap';

describe('the cap of a log', () => {
  const said = (text: string) => ({ text });

  function run(texts: string[], limits: { lines: number; bytes: number }) {
    const cap = new LogCap(limits);
    const head: string[] = [];
    const answers = texts.map(text => {
      const answer = cap.add(said(text));
      if (answer === 'through') head.push(text);
      return answer;
    });
    const { leftOut, tail } = cap.take();
    return { answers, head, leftOut, tail: tail.map(({ text }) => text) };
  }

  it('lets everything through that is short enough', () => {
    const { head, tail, leftOut } = run(['a', 'b'], { lines: 2, bytes: 10 });
    expect(head).toEqual(['a', 'b']);
    expect(tail).toEqual([]);
    expect(leftOut.lines).toBe(0);
  });

  it('keeps both ends, and counts what was between them', () => {
    const texts = Array.from({ length: 9 }, (_, index) => `${index}`);
    const { answers, head, tail, leftOut } = run(texts, {
      lines: 2,
      bytes: 100,
    });
    expect(head).toEqual(['0', '1']);
    expect(tail).toEqual(['7', '8']);
    expect(leftOut).toEqual({ lines: 5, bytes: 5 });
    expect(answers.indexOf('turned')).toBe(2);
    expect(answers.lastIndexOf('turned')).toBe(2);
  });

  it('never keeps more than its limits, nor forgets a line uncounted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 8 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 8, max: 60 }),
        (texts, lines, bytes) => {
          const { answers, head, tail, leftOut } = run(texts, { lines, bytes });
          const turns = answers.filter(answer => answer === 'turned');
          expect(turns.length).toBeLessThanOrEqual(1);
          for (const end of [head, tail]) {
            expect(end.length).toBeLessThanOrEqual(lines);
            expect(Buffer.byteLength(end.join(''))).toBeLessThanOrEqual(bytes);
          }
          const kept = head.length + tail.length;
          expect(kept + leftOut.lines).toBe(texts.length);
          expect(head).toEqual(texts.slice(0, head.length));
          expect(tail).toEqual(texts.slice(texts.length - tail.length));
        },
      ),
    );
  });

  it('holds back again what comes after it was asked', () => {
    const cap = new LogCap({ lines: 1, bytes: 100 });
    ['a', 'b', 'c'].forEach(text => cap.add(said(text)));
    expect(cap.take().leftOut.lines).toBe(1);
    expect(cap.add(said('d'))).toBe('held');
    expect(cap.take()).toEqual({
      leftOut: { lines: 0, bytes: 0 },
      tail: [{ text: 'd' }],
    });
  });
});
