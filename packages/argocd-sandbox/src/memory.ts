import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KeptApplication } from './application';
import { Living } from './cluster';
import { wordsOf } from './refusal';

/** What the stand-in has. */
export interface Memory {
  /** Counts changes, for `resourceVersion`. */
  version: number;
  applications: KeptApplication[];
  objects: Living[];
}

/** Changes that come together are written together. */
const GATHER_MS = 50;

/** Keeps what the stand-in has in a file, so that it is there after the next start. */
export class MemoryFile {
  #timer: NodeJS.Timeout | undefined;
  #written = Promise.resolve();
  #isClosed = false;

  constructor(
    private readonly file: string,
    private readonly memory: () => Memory,
  ) {}

  /**
   * @returns undefined when there is none yet
   * @throws Error when it can't be read as one
   */
  async read(): Promise<Memory | undefined> {
    const { file } = this;
    if (!existsSync(file)) return undefined;
    try {
      return JSON.parse(await readFile(file, 'utf8'));
    } catch (error) {
      throw new Error(
        `${file} can't be read (${wordsOf(error)}). Remove it to begin with no applications`,
      );
    }
  }

  /** What there is by then is written a moment later. */
  changed(): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => this.#next(), GATHER_MS);
  }

  /** Resolves once everything is written; what changes after that is not kept. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer) this.#next();
    return this.#written;
  }

  #next(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#written = this.#written.then(() => this.#write());
  }

  /** Whole, or the file stays as it is. */
  async #write(): Promise<void> {
    const { file } = this;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, JSON.stringify(this.memory()));
    await rename(`${file}.new`, file);
  }
}
