/**
 * An amount as people read it: €12.40. What is less than the smallest coin keeps its first digit.
 *
 * @param currency - by ISO 4217
 * @public
 */
export function formatMoney(amount: number, currency: string): string {
  const style = { style: 'currency', currency } as const;
  const usual = new Intl.NumberFormat('en', style);
  const { maximumFractionDigits = 0 } = usual.resolvedOptions();
  const isTiny =
    amount !== 0 && Math.abs(amount) < 10 ** -maximumFractionDigits / 2;
  if (!isTiny) return usual.format(amount);
  return new Intl.NumberFormat('en', {
    ...style,
    maximumSignificantDigits: 1,
  }).format(amount);
}
