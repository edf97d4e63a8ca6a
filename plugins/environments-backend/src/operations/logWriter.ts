import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  DriverLogLine,
  DriverLogSink,
} from '@greenroom/plugin-environments-node';
import { Clock } from '../clock';
import { HeldClaim } from './claim';
import { Mask } from './mask';
import { LogStore, NewLogLine } from './store/logs';

/** How late a line may be on the page; together with the readers' poll about half a second. */
const FLUSH_MS = 200;
/** Rows of one insert: six values each stay far below PostgreSQL's 65,535 parameters. */
const BATCH = 1000;
/** What a step may say in all; a tool that prints without end must not fill the database. */
const LINES_PER_STEP = 20_000;
/** Longer lines are cut: no reader shows them whole. */
const CHARACTERS_PER_LINE = 8_000;

/** Collects the lines of one operation and writes them in batches, in order, under its claim. */
export class LogWriter {
  readonly #waiting: NewLogLine[] = [];
  readonly #counts = new Map<string, number>();
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
    return line => {
      const count = (this.#counts.get(stepId) ?? 0) + 1;
      this.#counts.set(stepId, count);
      if (count <= LINES_PER_STEP) {
        this.#add(stepId, line);
      } else if (count === LINES_PER_STEP + 1) {
        this.#add(stepId, {
          stream: 'greenroom',
          level: 'warning',
          text: `More than ${LINES_PER_STEP} lines: the rest of this step's log is left out. The step itself goes on.`,
        });
      }
    };
  }

  /** Resolves once everything said so far is stored, or can't be any more. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
  }

  #add(stepId: string, line: DriverLogLine): void {
    const { mask, clock } = this.options;
    this.#waiting.push({
      stepId,
      at: clock.now(),
      stream: line.stream,
      level: line.level,
      text: storable(mask.apply(line.text)),
    });
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  /** A log that can't be written must not stop the work that it tells of. */
  async #write(): Promise<void> {
    const { held, store, logger } = this.options;
    const { operationId } = held.claim;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      try {
        await held.write(tx => store.insert(tx, operationId, batch));
      } catch (error) {
        logger.warn(
          `Lost ${batch.length} log lines of operation ${operationId}`,
          toError(error),
        );
      }
    }
  }
}

function storable(text: string): string {
  // PostgreSQL's text type refuses NUL.
  const clean = text.replaceAll('\0', '�');
  return clean.length <= CHARACTERS_PER_LINE
    ? clean
    : `${clean.slice(0, CHARACTERS_PER_LINE)}… (${clean.length} characters)`;
}
