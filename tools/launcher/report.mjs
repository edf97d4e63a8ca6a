import { appendFileSync } from 'node:fs';

/** After this time a step is announced as under way. */
const LONG_MS = 1_500;

/** "0.4 s", "53 s", "2 min 05 s". */
export function formatDuration(ms) {
  const seconds = ms / 1000;
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/**
 * Says each step and its time. Steps may run side by side, so a line is
 * printed whole when a step is over.
 */
export class Report {
  #write;
  #now;
  #started;
  steps = [];

  constructor(options = {}) {
    this.#write = options.write ?? (line => process.stdout.write(`${line}\n`));
    this.#now = options.now ?? (() => performance.now());
    this.#started = this.#now();
  }

  say(line) {
    this.#write(line);
  }

  /**
   * Runs one step. `work` may return words about what it found or did
   * ("up to date"). A step that lasts is announced, so that nobody wonders.
   */
  async step(name, work) {
    const begin = this.#now();
    const patience = setTimeout(() => this.#write(`  ${name} …`), LONG_MS);
    try {
      const words = await work();
      const time = this.#end(name, begin);
      this.#write(`✓ ${name}${words ? `: ${words}` : ''} (${time})`);
    } catch (error) {
      this.#write(`✗ ${name} (${this.#end(name, begin)})`);
      throw error;
    } finally {
      clearTimeout(patience);
    }
  }

  #end(name, begin) {
    const ms = Math.round(this.#now() - begin);
    this.steps.push({ name, ms });
    return formatDuration(ms);
  }

  get totalMs() {
    return Math.round(this.#now() - this.#started);
  }

  /** The steps and the total as aligned lines; steps overlap where they can. */
  table() {
    const rows = [
      ...this.steps.map(step => [step.name, formatDuration(step.ms)]),
      ['Total', formatDuration(this.totalMs)],
    ];
    const width = Math.max(...rows.map(row => row[0].length));
    return rows.map(([name, time]) => `  ${name.padEnd(width)}  ${time}`);
  }

  /** Appends this run as one JSON line, for the benchmarks page. */
  keep(file, facts) {
    const entry = {
      at: new Date().toISOString(),
      ...facts,
      totalMs: this.totalMs,
      steps: this.steps,
    };
    appendFileSync(file, `${JSON.stringify(entry)}\n`);
  }
}
