/** Said by somebody, and of a size. */
interface Said {
  text: string;
}

/** How much is kept of each end. */
export interface LogCapLimits {
  lines: number;
  bytes: number;
}

export interface LeftOut {
  lines: number;
  bytes: number;
}

/**
 * Keeps the two ends of what may be without end: the first lines go through at once, of those
 * after them the last are held back. Memory is bounded by `limits`, however much is said.
 */
export class LogCap<Line extends Said> {
  #head: LeftOut = { lines: 0, bytes: 0 };
  #full = false;
  /** From `#first` on; what is before it has been let go of. */
  #tail: (Line | undefined)[] = [];
  #first = 0;
  #tailBytes = 0;
  #leftOut: LeftOut = { lines: 0, bytes: 0 };

  constructor(private readonly limits: LogCapLimits) {}

  /** @returns `through` for a line of the head; `turned` for the first that is held back */
  add(line: Line): 'through' | 'turned' | 'held' {
    const bytes = Buffer.byteLength(line.text);
    if (!this.#full) {
      this.#head.lines += 1;
      this.#head.bytes += bytes;
      if (this.#within(this.#head)) return 'through';
    }
    this.#tail.push(line);
    this.#tailBytes += bytes;
    while (!this.#within({ lines: this.#held, bytes: this.#tailBytes })) {
      this.#letGo();
    }
    const answer = this.#full ? 'held' : 'turned';
    this.#full = true;
    return answer;
  }

  /** What is held back, and how much was left out before it. What comes next is held back again. */
  take(): { leftOut: LeftOut; tail: Line[] } {
    const taken = {
      leftOut: this.#leftOut,
      tail: this.#tail.slice(this.#first) as Line[],
    };
    this.#tail = [];
    this.#first = 0;
    this.#tailBytes = 0;
    this.#leftOut = { lines: 0, bytes: 0 };
    return taken;
  }

  get #held(): number {
    return this.#tail.length - this.#first;
  }

  #within({ lines, bytes }: LeftOut): boolean {
    return lines <= this.limits.lines && bytes <= this.limits.bytes;
  }

  #letGo(): void {
    const bytes = Buffer.byteLength(this.#tail[this.#first]!.text);
    this.#tail[this.#first] = undefined;
    this.#first += 1;
    this.#tailBytes -= bytes;
    this.#leftOut.lines += 1;
    this.#leftOut.bytes += bytes;
    // Moving the rest to the front each time would cost as much as the rest is long.
    if (this.#first > this.limits.lines) {
      this.#tail = this.#tail.slice(this.#first);
      this.#first = 0;
    }
  }
}
