import { Mask } from './mask';

describe('masking', () => {
  function masked(secret: Parameters<Mask['hide']>[0], text: string) {
    const mask = new Mask();
    mask.hide(secret);
    return mask.apply(text);
  }

  it('blots out a secret wherever it stands', () => {
    expect(masked('correct-horse', 'a correct-horse, correct-horse')).toBe(
      'a •••, •••',
    );
  });

  it('knows the lines of a secret of several, and its quoted form', () => {
    const key = '-----BEGIN KEY-----\nMIIabcdef\n';
    expect(masked(key, 'line: MIIabcdef')).toBe('line: •••');
    expect(masked('pass"word', 'json "pass\\"word"')).toBe('json "•••"');
  });

  it('finds the secrets within objects and lists', () => {
    const secret = { users: [{ password: 'hunter22' }], port: 5432_1234 };
    expect(masked(secret, 'hunter22 at 54321234')).toBe('••• at •••');
  });

  it('leaves ordinary short words alone', () => {
    expect(masked(['true', 'eu', true, null], 'true in eu')).toBe('true in eu');
  });
});
