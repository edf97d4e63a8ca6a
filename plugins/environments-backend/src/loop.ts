import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Clock } from './clock';

export interface Loop {
  /** Runs as soon as it can instead of when the interval is over. */
  hurry(): void;
  /** Resolves once a run that was under way has ended; none follows. */
  stop(): Promise<void>;
}

/**
 * Runs something again and again, never twice at once. A run that fails is logged and does not
 * end the loop: what it should have done is found again in the database by the next one.
 */
export function startLoop(options: {
  name: string;
  intervalMs: number;
  run: () => Promise<void>;
  logger: LoggerService;
}): Loop {
  const { name, intervalMs, run, logger } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let hurried = false;
  let stopped = false;

  function schedule(delayMs: number) {
    clearTimeout(timer);
    timer = setTimeout(start, delayMs);
    timer.unref();
  }
  function start() {
    running = run()
      .catch(error => logger.error(`${name} failed`, toError(error)))
      .finally(() => {
        running = undefined;
        if (stopped) return;
        schedule(hurried ? 0 : intervalMs);
        hurried = false;
      });
  }

  schedule(0);
  return {
    hurry() {
      if (stopped) return;
      if (running) hurried = true;
      else schedule(0);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Work that becomes due in the database; any number of processes may look for it beside each other. */
export interface RecurringWork {
  /** As a log says that it failed: `The lease sweep`. */
  readonly name: string;
  readonly intervalMs: number;
  /** Does what is due at that moment. Long work ends between two pieces once the signal is given. */
  tick(now: Date, signal?: AbortSignal): Promise<unknown>;
}

/**
 * Looks for each kind of work in its own interval.
 *
 * @returns stops looking, and resolves once what was under way has ended
 */
export function startRecurring(
  works: RecurringWork[],
  options: { clock: Clock; logger: LoggerService },
): () => Promise<void> {
  const { clock, logger } = options;
  const stopping = new AbortController();
  const loops = works.map(work =>
    startLoop({
      name: work.name,
      intervalMs: work.intervalMs,
      run: async () => {
        await work.tick(clock.now(), stopping.signal);
      },
      logger,
    }),
  );
  return async () => {
    stopping.abort();
    await Promise.all(loops.map(loop => loop.stop()));
  };
}
