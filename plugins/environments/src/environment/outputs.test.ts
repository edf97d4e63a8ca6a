import { outputText, webAddress } from './outputs';

const output = (value: unknown, sensitive = false) => ({
  name: 'url',
  title: 'Open the site',
  value: value as string,
  sensitive,
});

describe('webAddress', () => {
  it('opens http and https', () => {
    expect(webAddress(output('https://shop.example/a?b'))).toBe(
      'https://shop.example/a?b',
    );
    expect(webAddress(output('http://localhost:7007/x'))).toBe(
      'http://localhost:7007/x',
    );
  });

  it.each([
    `javascript${':'}alert(1)`,
    'data:text/html,x',
    'file:///etc/passwd',
    '/relative',
    '',
    7,
    undefined,
  ])('does not open %p', value => {
    expect(webAddress(output(value))).toBeUndefined();
  });

  it('does not open what is sensitive', () => {
    expect(webAddress(output('https://shop.example', true))).toBeUndefined();
  });
});

describe('outputText', () => {
  it('shows text as it is and anything else as JSON', () => {
    expect(outputText('a')).toBe('a');
    expect(outputText({ port: 80 })).toBe('{"port":80}');
  });
});
