import { SHOP } from './__testUtils__/documents';
import { BLUEPRINT_LIMITS } from './document';
import { parseBlueprint } from './parse';

describe('a text that is meant to hurt', () => {
  const bomb = (levels: number) =>
    Array.from({ length: levels }, (_, n) =>
      n === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `a${n}: &a${n} [${`*a${n - 1}, `.repeat(9)}]`,
    ).join('\n');

  it.each([
    [
      'large',
      'x'.repeat(BLUEPRINT_LIMITS.documentBytes + 1),
      'blueprint.too-large',
    ],
    ['of brackets', '['.repeat(100_000), 'blueprint.too-deep'],
    ['of deep lists', '- '.repeat(5_000), 'blueprint.'],
    ['of complex keys', '? '.repeat(5_000), 'blueprint.'],
    ['of many words', 'a, '.repeat(80_000), 'blueprint.'],
    ['of mistakes', '}\n'.repeat(100_000), 'blueprint.too-large'],
    [
      'of many keys',
      Array.from({ length: 7000 }, (_, n) => `k${n}: v`).join('\n'),
      'blueprint.field',
    ],
    ['an alias bomb', bomb(9), 'blueprint.yaml'],
    [
      'a deep tree',
      Array.from({ length: 100 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
      'blueprint.too-deep',
    ],
    [
      'a prototype',
      SHOP.replace('name: shop', 'name: shop\n  __proto__: {polluted: 1}'),
      'blueprint.field.unknown',
    ],
  ])('%s ends in a problem', (_what, text, code) => {
    const { problems } = parseBlueprint(text);
    expect(problems[0].code).toContain(code);
    expect({}).not.toHaveProperty('polluted');
  });
});
