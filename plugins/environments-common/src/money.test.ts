import { formatMoney } from './money';

describe('an amount of money', () => {
  it.each([
    [12.4, 'EUR', '€12.40'],
    [-1234.5, 'USD', '-$1,234.50'],
    [250, 'JPY', '¥250'],
    [0, 'EUR', '€0.00'],
    [0.005, 'EUR', '€0.01'],
    [0.0042, 'EUR', '€0.004'],
    [-0.0042, 'EUR', '-€0.004'],
  ])('of %d %s reads %s', (amount, currency, text) => {
    expect(formatMoney(amount, currency)).toBe(text);
  });
});
