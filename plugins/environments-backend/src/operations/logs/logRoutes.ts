import { Router } from 'express';
import { HttpAuthService, LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { InputProblemError } from '../../errors';
import { requireUuid } from '../../requests';
import { DownloadFormat, sendLogFile } from './logDownload';
import { LogService } from './logService';
import { sendLogStream } from './logStream';

const LARGEST_PAGE = 1000;

/** The shapes of queries are checked against the OpenAPI document before. */
export function registerLogRoutes(
  router: Router,
  options: {
    logs: LogService;
    httpAuth: HttpAuthService;
    logger: LoggerService;
    /** Aborts when the process goes down. */
    shutdown: AbortSignal;
  },
): void {
  const { logs, httpAuth, logger, shutdown } = options;

  router.get('/operations/:id/logs', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = {
      after: lineId(request.query.after),
      limit: Number(request.query.limit ?? LARGEST_PAGE),
    };
    const id = requireUuid(request.params.id);
    response.json(await logs.page(id, query, credentials));
  });

  router.get('/operations/:id/logs/stream', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const closed = new AbortController();
    response.on('close', () => closed.abort());
    const lines = await logs.follow(
      requireUuid(request.params.id),
      lineId(request.headers['last-event-id'] ?? request.query.after),
      credentials,
      AbortSignal.any([closed.signal, shutdown]),
    );
    await sendLogStream(response, lines, logger);
  });

  router.get('/operations/:id/logs/download', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const log = await logs.download(id, credentials);
    const format = (request.query.format ?? 'text') as DownloadFormat;
    try {
      await sendLogFile(response, log, format);
    } catch (error) {
      // A reader who goes away has no use for an answer.
      if (!isError(error) || error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
        throw error;
      }
    }
  });
}

/** A line's id; without one the log is read from its beginning. */
function lineId(value: unknown): string {
  if (value === undefined || value === '') return '0';
  if (typeof value === 'string' && /^\d{1,18}$/.test(value)) return value;
  throw new InputProblemError({
    code: 'request.after',
    field: '/after',
    message: `"${value}" is not the id of a log line.`,
    remedy: 'Give the id of the last line that was received, or none.',
  });
}
