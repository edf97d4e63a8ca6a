/** A key that makes repeating a request harmless; also works where the page is not served securely. */
export function createKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
