import { once } from 'node:events';
import { Response } from 'express';
import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { LogLine } from '@greenroom/plugin-environments-common';
import { LogEnd } from './logService';

/** Proxies close connections that are silent for a minute. */
const HEARTBEAT_MS = 15_000;

/**
 * Sends a log as server-sent events: `line` for each line, its id being what a reader resumes
 * from, and `end` at the end of the operation.
 */
export async function sendLogStream(
  response: Response,
  lines: AsyncGenerator<LogLine[], LogEnd>,
  logger: LoggerService,
): Promise<void> {
  response.status(200).set({
    'Content-Type': 'text/event-stream',
    // Compression would hold lines back until its buffer is full.
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  const heartbeat = setInterval(
    () => response.write(': still there\n\n'),
    HEARTBEAT_MS,
  );
  try {
    for (;;) {
      const { done, value } = await lines.next();
      if (done) {
        response.write(event('end', value));
        return;
      }
      const text = value
        .map(line => `id: ${line.id}\n${event('line', line)}`)
        .join('');
      // A slow reader is waited for; its lines are safe in their table.
      if (!response.write(text) && !response.closed) await writable(response);
    }
  } catch (error) {
    // The headers are out: all that can be said is to end, and the reader comes back.
    if (!response.closed) logger.warn('A log stream broke', toError(error));
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

async function writable(response: Response): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([
    once(response, 'drain', { signal }),
    once(response, 'close', { signal }),
  ]);
  over.abort();
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
