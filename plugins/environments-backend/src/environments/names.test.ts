import fc from 'fast-check';
import { freeName, MAX_NAME_LENGTH, nameProblem } from './names';

describe('names of environments', () => {
  it.each(['a', 'shop', 'shop-2', `a${'b'.repeat(39)}`])('may be %s', name =>
    expect(nameProblem(name)).toBeUndefined(),
  );

  it.each(['', 'Shop', '2shop', '-shop', 'shop-', 'my shop', 'a'.repeat(41)])(
    'may not be "%s"',
    name =>
      expect(nameProblem(name)).toMatchObject({
        code: 'environment.name.invalid',
        field: '/name',
      }),
  );

  it('come with a suggestion that is fit itself', () => {
    fc.assert(
      fc.property(fc.string(), name => {
        const problem = nameProblem(name);
        const suggested = /for example (\S+)\.$/.exec(problem?.remedy ?? '');
        expect(suggested ? nameProblem(suggested[1]) : undefined).toBeUndefined();
      }),
    );
    expect(nameProblem('My Shop!')?.remedy).toContain('for example my-shop.');
  });

  it('get a number that is free, and stay short enough', () => {
    expect(freeName('shop', new Set(['shop', 'shop-2']))).toBe('shop-3');
    const long = 'a'.repeat(MAX_NAME_LENGTH);
    const free = freeName(long, new Set([long]));
    expect(free).toHaveLength(MAX_NAME_LENGTH);
    expect(nameProblem(free)).toBeUndefined();
  });
});
