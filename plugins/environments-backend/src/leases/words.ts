/** Who limits something, for the middle of a sentence: `this blueprint allows`. */
export function limitedBy(rule: string): string {
  if (rule.startsWith('ttl.')) return 'this blueprint allows';
  if (rule.startsWith('config.')) {
    return `this portal's configuration allows (${rule})`;
  }
  return 'is allowed';
}
