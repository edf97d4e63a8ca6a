import fc from 'fast-check';
import {
  freeEnvironmentName,
  MAX_ENVIRONMENT_NAME_LENGTH,
  environmentNameProblem,
} from './environmentName';

describe('names of environments', () => {
  it.each(['a', 'shop', 'shop-2', `a${'b'.repeat(39)}`])('may be %s', name =>
    expect(environmentNameProblem(name)).toBeUndefined(),
  );

  it.each(['', 'Shop', '2shop', '-shop', 'shop-', 'my shop', 'a'.repeat(41)])(
    'may not be "%s"',
    name =>
      expect(environmentNameProblem(name)).toMatchObject({
        code: 'environment.name.invalid',
        field: '/name',
      }),
  );

  it('come with a suggestion that is fit itself', () => {
    fc.assert(
      fc.property(fc.string(), name => {
        const problem = environmentNameProblem(name);
        const suggested = /for example (\S+)\.$/.exec(problem?.remedy ?? '');
        expect(
          suggested ? environmentNameProblem(suggested[1]) : undefined,
        ).toBeUndefined();
      }),
    );
    expect(environmentNameProblem('My Shop!')?.remedy).toContain(
      'for example my-shop.',
    );
  });

  it('get a number that is free, and stay short enough', () => {
    expect(freeEnvironmentName('shop', new Set(['shop', 'shop-2']))).toBe(
      'shop-3',
    );
    const long = 'a'.repeat(MAX_ENVIRONMENT_NAME_LENGTH);
    const free = freeEnvironmentName(long, new Set([long]));
    expect(free).toHaveLength(MAX_ENVIRONMENT_NAME_LENGTH);
    expect(environmentNameProblem(free)).toBeUndefined();
  });
});
