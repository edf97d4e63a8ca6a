import { JsonValue } from '@greenroom/plugin-environments-common';

const MASK = '•••';

/** Shorter values would blot out ordinary words: "true", "eu", "8080". */
const SHORTEST_SECRET = 6;

/** Blots out known secrets in lines of text. */
export class Mask {
  readonly #secrets = new Set<string>();

  /** From now on hides a value; of an object or a list, every text and number in it. */
  hide(value: JsonValue): void {
    if (value === null || typeof value === 'boolean') return;
    if (typeof value === 'object') {
      Object.values(value).forEach(inner => this.hide(inner));
      return;
    }
    const text = String(value);
    // A log line never holds more than one line of a secret; quoted output escapes it.
    for (const line of text.split(/\r?\n/)) {
      this.#add(line);
      this.#add(JSON.stringify(line).slice(1, -1));
    }
  }

  apply(text: string): string {
    let masked = text;
    for (const secret of this.#secrets) {
      masked = masked.replaceAll(secret, MASK);
    }
    return masked;
  }

  #add(secret: string): void {
    if (secret.length >= SHORTEST_SECRET) this.#secrets.add(secret);
  }
}
