import { Router } from 'express';
import { HttpAuthService, LoggerService } from '@backstage/backend-plugin-api';
import { InputProblemError } from '../errors';
import { requireUuid } from '../requests';
import { sendLogStream } from './logStream';
import { OperationService } from './service';

const LARGEST_PAGE = 1000;

export function registerOperationRoutes(
  router: Router,
  options: {
    operations: OperationService;
    httpAuth: HttpAuthService;
    logger: LoggerService;
    /** Aborts when the process goes down. */
    shutdown: AbortSignal;
  },
): void {
  const { operations, httpAuth, logger, shutdown } = options;

  router.get('/operations/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json(await operations.get(id, credentials));
  });

  router.get('/operations/:id/logs', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const query = {
      after: lineId(request.query.after),
      limit: Number(request.query.limit ?? LARGEST_PAGE),
    };
    const id = requireUuid(request.params.id);
    response.json(await operations.logs(id, query, credentials));
  });

  router.get('/operations/:id/logs/stream', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const closed = new AbortController();
    response.on('close', () => closed.abort());
    const lines = await operations.followLogs(
      requireUuid(request.params.id),
      lineId(request.headers['last-event-id'] ?? request.query.after),
      credentials,
      AbortSignal.any([closed.signal, shutdown]),
    );
    await sendLogStream(response, lines, logger);
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
