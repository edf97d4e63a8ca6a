import { createParser } from 'eventsource-parser';
import { LogLine, LogRemoval, OperationState } from './operationTypes';
import { ProblemsError } from './problemsError';

/** What a reader of a live log gives and gets. */
export interface StreamLogsOptions {
  /** Id of the last line already known; the stream starts behind it. */
  after?: string;
  signal?: AbortSignal;
  onLine: (line: LogLine) => void;
  /** The operation has ended, and no line follows; or none is left since its log was removed. */
  onEnd?: (state: OperationState, removed?: LogRemoval) => void;
}

interface LogStreamEnd {
  state: OperationState;
  removed?: LogRemoval;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;
/** A connection that has been silent for so long may be dead without having said so. */
const SILENCE_MS = 60_000;

/** An error of the caller's own callback: not a reason to connect again. */
class ReaderError extends Error {
  constructor(readonly cause: unknown) {
    super('The reader of the log failed');
  }
}

/**
 * Reads an operation's log until the operation ends or the signal aborts.
 *
 * A broken or silent connection is opened again behind the last line received, so no
 * line is lost or given twice. Resolves at the end and on abort; rejects only
 * when the server refuses (a status of 400 to 499).
 */
export async function followLogs(
  open: (after: string | undefined, signal: AbortSignal) => Promise<Response>,
  options: StreamLogsOptions,
): Promise<void> {
  const { signal } = options;
  let after = options.after;
  let retryMs = FIRST_RETRY_MS;
  const onLine = (line: LogLine) => {
    after = line.id;
    retryMs = FIRST_RETRY_MS;
    options.onLine(line);
  };
  while (!signal?.aborted) {
    try {
      if (await readOnce(open, after, { ...options, onLine })) return;
    } catch (error) {
      if (error instanceof ProblemsError && error.status < 500) throw error;
      if (error instanceof ReaderError) throw error.cause;
    }
    await pause(retryMs, signal);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }
}

async function readOnce(
  open: (after: string | undefined, signal: AbortSignal) => Promise<Response>,
  after: string | undefined,
  options: StreamLogsOptions,
): Promise<boolean> {
  const connection = new AbortController();
  const abort = () => connection.abort();
  options.signal?.addEventListener('abort', abort);
  let silence = setTimeout(abort, SILENCE_MS);
  let ended = false;

  const parser = createParser({
    onEvent: event => {
      try {
        if (event.event === 'line') {
          options.onLine(JSON.parse(event.data) as LogLine);
        } else if (event.event === 'end') {
          ended = true;
          const { state, removed } = JSON.parse(event.data) as LogStreamEnd;
          options.onEnd?.(state, removed);
        }
      } catch (error) {
        throw new ReaderError(error);
      }
    },
  });

  try {
    const response = await open(after, connection.signal);
    if (!response.ok) throw await ProblemsError.fromResponse(response);
    if (!response.body) return false;
    const reader = response.body
      .pipeThrough(new TextDecoderStream())
      .getReader();
    while (!ended) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(silence);
      silence = setTimeout(abort, SILENCE_MS);
      parser.feed(value);
    }
    if (ended) await reader.cancel();
    return ended;
  } finally {
    clearTimeout(silence);
    options.signal?.removeEventListener('abort', abort);
    connection.abort();
  }
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const over = new AbortController();
    const finish = () => {
      over.abort();
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    const stop = () => {
      clearTimeout(timer);
      finish();
    };
    signal?.addEventListener('abort', stop, { signal: over.signal });
  });
}
