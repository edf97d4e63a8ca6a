import { StringDecoder } from 'node:string_decoder';

/** Longer lines are cut: what a tool prints must not decide how much memory its reader takes. */
const LONGEST_LINE = 1024 * 1024;

/**
 * Turns chunks of bytes into lines: characters split between chunks are put together again,
 * and no more than one line is held.
 */
export class LineReader {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #cut = 0;

  constructor(private readonly onLine: (line: string) => void) {}

  push(chunk: Uint8Array): void {
    const parts = this.#decoder.write(chunk).split('\n');
    this.#hold(parts[0]);
    for (const part of parts.slice(1)) {
      this.#flush();
      this.#hold(part);
    }
  }

  end(): void {
    this.#hold(this.#decoder.end());
    if (this.#rest) this.#flush();
  }

  #hold(part: string) {
    const room = LONGEST_LINE - this.#rest.length;
    this.#rest += part.slice(0, room);
    this.#cut += Math.max(0, part.length - room);
  }

  #flush() {
    const line = this.#rest.replace(/\r$/, '');
    const cut = this.#cut;
    this.#rest = '';
    this.#cut = 0;
    this.onLine(cut > 0 ? `${line}… (${cut} more characters)` : line);
  }
}
