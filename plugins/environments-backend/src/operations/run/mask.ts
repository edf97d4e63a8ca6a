import { isDeepStrictEqual } from 'node:util';
import { JsonValue } from '@greenroom/plugin-environments-common';
import { secretForms } from './secretForms';

const MASK = '•••';

/** Blots out known secrets in lines of text. */
export class Mask {
  readonly #hidden = new Set<string>();
  /** Longest first: a secret that is part of another must not leave the rest of it to be read. */
  #forms: string[] = [];

  /** Characters of the longest text that is hidden. */
  get longest(): number {
    return this.#forms[0]?.length ?? 0;
  }

  /** From now on hides a value; of an object or a list, every text and number in it. */
  hide(value: JsonValue): void {
    if (value === null || typeof value === 'boolean') return;
    if (typeof value === 'object') {
      Object.values(value).forEach(inner => this.hide(inner));
      return;
    }
    const text = String(value);
    if (this.#hidden.has(text)) return;
    this.#hidden.add(text);
    this.#forms = [...new Set([...this.#forms, ...secretForms(text)])].sort(
      (one, other) => other.length - one.length,
    );
  }

  apply(text: string): string {
    let masked = text;
    for (const form of this.#forms) {
      masked = masked.replaceAll(form, MASK);
    }
    return masked;
  }

  /** Whether a value, or anything inside of it, tells what is hidden. */
  finds(value: JsonValue): boolean {
    return !isDeepStrictEqual(this.applyTo(value), value);
  }

  /** The same for every text and number inside a value, and for the names of its fields. */
  applyTo(value: JsonValue): JsonValue {
    if (typeof value === 'string') return this.apply(value);
    if (typeof value === 'number') {
      const text = String(value);
      const masked = this.apply(text);
      return masked === text ? value : masked;
    }
    if (Array.isArray(value)) return value.map(item => this.applyTo(item));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        this.apply(key),
        this.applyTo(inner),
      ]),
    );
  }
}
