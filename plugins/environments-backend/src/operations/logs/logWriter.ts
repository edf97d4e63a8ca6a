import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  DriverLogLine,
  DriverLogSink,
} from '@greenroom/plugin-environments-node';
import { Clock } from '../../clock';
import { HeldClaim } from '../worker/claim';
import { LeftOut, LogCap, LogCapLimits } from './logCap';
import { Mask } from '../run/mask';
import { LogStore, NewLogLine } from '../store/logs';

/** How late a line may be on the page; together with the readers' poll about half a second. */
const FLUSH_MS = 200;
/** Rows of one insert: six values each stay far below PostgreSQL's 65,535 parameters. */
const BATCH = 1000;
/** What is kept of each end of a step's log; a tool that prints without end must fill nothing. */
const EACH_END: LogCapLimits = { lines: 10_000, bytes: 4 * 1024 * 1024 };
/** Longer lines are cut: no reader shows them whole. */
const CHARACTERS_PER_LINE = 8_000;
/** Of a longer line nothing is even looked at behind this. */
const CHARACTERS_READ = 4 * CHARACTERS_PER_LINE;

const TURNED_TEXT = `This step says very much: of what follows, the last ${EACH_END.lines} lines are shown when it ends. The step itself goes on.`;

type TimedLine = DriverLogLine & {
  at: Date;
  /** Characters, before anything was cut off. */
  length: number;
};

/**
 * Collects the lines of one operation and writes them in batches, in order, under its claim.
 *
 * Whoever says something never waits. What is in memory or goes to the database is bounded per
 * step: both ends of its log are kept, and the line between them says how much is missing.
 */
export class LogWriter {
  readonly #waiting: NewLogLine[] = [];
  readonly #caps = new Map<string, LogCap<TimedLine>>();
  #timer?: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: {
      held: HeldClaim;
      store: LogStore;
      mask: Mask;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  /** The sink of one step. */
  sink(stepId: string): DriverLogSink {
    const cap = this.#caps.get(stepId) ?? new LogCap<TimedLine>(EACH_END);
    this.#caps.set(stepId, cap);
    return said => {
      const line = this.#time(said);
      const answer = cap.add(line);
      if (answer === 'through') this.#add(stepId, line);
      if (answer === 'turned') this.#remark(stepId, TURNED_TEXT);
    };
  }

  /**
   * Resolves once everything said so far is stored, or can't be any more.
   *
   * @param stepId - a step that has ended; without one, all of them have
   */
  async flush(stepId?: string): Promise<void> {
    const ended = stepId === undefined ? [...this.#caps.keys()] : [stepId];
    ended.forEach(id => this.#addTail(id));
    await this.#flushWaiting();
  }

  #addTail(stepId: string): void {
    const { leftOut, tail } = this.#caps.get(stepId)?.take() ?? {};
    if (leftOut?.lines) this.#remark(stepId, leftOutText(leftOut));
    tail?.forEach(line => this.#add(stepId, line));
  }

  #remark(stepId: string, text: string): void {
    const line = { stream: 'greenroom', level: 'warning', text } as const;
    this.#add(stepId, this.#time(line));
  }

  #time(line: DriverLogLine): TimedLine {
    const { text } = line;
    return {
      ...line,
      // A copy, since a part of a text keeps all of it in memory.
      text:
        text.length <= CHARACTERS_READ
          ? text
          : Buffer.from(text.slice(0, CHARACTERS_READ)).toString(),
      length: text.length,
      at: this.options.clock.now(),
    };
  }

  #add(stepId: string, line: TimedLine): void {
    const { at, stream, level } = line;
    this.#waiting.push({ stepId, at, stream, level, text: this.#text(line) });
    this.#timer ??= setTimeout(() => void this.#flushWaiting(), FLUSH_MS);
  }

  /** Masked before it is cut, for half a secret is not found any more. */
  #text({ text, length }: TimedLine): string {
    const { mask } = this.options;
    // PostgreSQL's text type refuses NUL.
    const masked = mask.apply(text).replaceAll('\0', '�');
    const known =
      text.length < length
        ? masked.slice(0, -mask.longest || undefined)
        : masked;
    if (known.length <= CHARACTERS_PER_LINE && text.length === length) {
      return known;
    }
    return `${known.slice(0, CHARACTERS_PER_LINE)}… (${length} characters)`;
  }

  async #flushWaiting(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
  }

  /** A log that can't be written must not stop the work that it tells of. */
  async #write(): Promise<void> {
    const { held, store, logger } = this.options;
    const { operationId } = held.claim;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      // Taken once: tried again after it went through unheard, a batch is stored once all the same.
      let ids: string[] | undefined;
      try {
        await held.write(async tx => {
          ids ??= await store.takeIds(tx, batch.length);
          await store.insert(tx, operationId, ids, batch);
        });
      } catch (error) {
        logger.warn(
          `Lost ${batch.length} log lines of operation ${operationId}`,
          toError(error),
        );
      }
    }
  }
}

function leftOutText({ lines, bytes }: LeftOut): string {
  const size =
    bytes < 1024 * 1024
      ? `${Math.ceil(bytes / 1024)} kB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return `${lines} lines (${size}) are left out here. The end of the step's log follows.`;
}
