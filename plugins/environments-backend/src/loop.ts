import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

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
