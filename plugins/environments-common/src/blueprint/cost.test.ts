import { documentOf, scopeOf, SHOP } from './__testUtils__/documents';
import { estimatedCost } from './cost';

const PAUSES = SHOP.replace(
  'source: ./web',
  'source: ./web\n      pause: {with: {pages: 0}}',
);
const shopOf = (cost: string) =>
  documentOf(PAUSES.replace('  ttl:', `  cost: ${cost}\n  ttl:`));
const estimate = (cost: string, inputs = scopeOf().inputs) =>
  estimatedCost(shopOf(cost), scopeOf({ inputs }));
const perDay = (expression: string, inputs = scopeOf().inputs) =>
  estimate(`{perDay: '\${{ ${expression} }}', currency: EUR}`, inputs)?.perDay;

describe('the estimated cost of an environment', () => {
  it('is what the author declares', () => {
    expect(estimate('{perDay: 12.4, currency: EUR, asleep: 0.25}')).toEqual({
      perDay: 12.4,
      asleepPerDay: 3.1,
      currency: 'EUR',
    });
    expect(estimate('{perDay: 0, currency: JPY}')).toMatchObject({ perDay: 0 });
  });

  it('is the same asleep when the author says nothing of it, and nothing when they say so', () => {
    expect(estimate('{perDay: 2, currency: EUR}')?.asleepPerDay).toBe(2);
    expect(
      estimate('{perDay: 2, currency: EUR, asleep: 0}')?.asleepPerDay,
    ).toBe(0);
  });

  it('follows from inputs, environment, owner and blueprint', () => {
    expect(perDay('inputs.pages * 2')).toBe(6);
    expect(perDay('inputs.ratio * 0.1')).toBe(0.2);
    expect(perDay('environment.type == "sandbox" ? 1.5 : 9.0')).toBe(1.5);
    expect(perDay('owner.name == "shop" ? 3 : 4')).toBe(3);
  });

  it('has no more digits than money has', () => {
    expect(perDay('inputs.ratio / 3.0')).toBe(0.6667);
    expect(perDay('0.1 + 0.2')).toBe(0.3);
  });

  it.each([
    ['negative', 'inputs.pages - 4'],
    ['more than anything costs', 'inputs.pages * 1000000'],
    ['beyond all numbers', 'inputs.ratio / 0.0'],
    ['no number', '(inputs.ratio - 2.0) / 0.0'],
    ['no value at all', 'inputs.pages / 0'],
    ['too large to be counted', 'inputs.pages * 9223372036854775807'],
    ['a text, which only shows when it runs', 'dyn(inputs.title)'],
  ])('is not known when the expression gives what is %s', (_, expression) => {
    expect(perDay(expression)).toBeUndefined();
  });

  it('is not known when nobody declares it', () => {
    expect(estimatedCost(documentOf(SHOP), scopeOf())).toBeUndefined();
  });
});
