import { readAnsi, stripAnsi } from './ansi';

const ESC = '\u001b';

describe('readAnsi', () => {
  it('reads colours and weight, and forgets them at a reset', () => {
    expect(
      readAnsi(`a ${ESC}[1m${ESC}[31mError:${ESC}[0m ${ESC}[32mok${ESC}[39m.`),
    ).toEqual([
      { text: 'a ' },
      { text: 'Error:', bold: true, colour: 'red' },
      { text: ' ' },
      { text: 'ok', colour: 'green' },
      { text: '.', colour: undefined },
    ]);
  });

  it('drops links, cursor moves and bells', () => {
    const text = `${ESC}]8;;https://evil.example${ESC}\\click${ESC}[2K\u0007${ESC}[1A!`;
    expect(stripAnsi(text)).toBe('click!');
    expect(
      readAnsi(text)
        .map(span => span.text)
        .join(''),
    ).toBe('click!');
  });
});
