import express, { ErrorRequestHandler, RequestHandler, Router } from 'express';
import { readLockInfo } from './documents';
import {
  StateLockedError,
  StateTokenError,
  StateTooLargeError,
} from './errors';
import { StateService } from './service';
import { StateGrant } from './types';

/**
 * Terraform's http state protocol. LOCK and UNLOCK are methods that Express has as `lock` and
 * `unlock`; passwords come by basic authentication, so the routes stand outside Backstage's own.
 */
export function registerStateRoutes(
  router: Router,
  options: { states: StateService },
): void {
  const { states } = options;
  const { maxMegabytes } = states;
  const body = [
    express.raw({ type: () => true, limit: `${maxMegabytes}mb` }),
    tooLarge(maxMegabytes),
  ];

  router.get('/states/:id', async (request, response) => {
    const state = await states.read(await grantOf(request));
    if (!state) {
      response.status(204).end();
      return;
    }
    response.type('application/json').send(state);
  });

  const write: RequestHandler<{ id: string }> = async (request, response) => {
    const lockId = request.query.ID;
    await states.write(
      await grantOf(request),
      typeof lockId === 'string' ? lockId : undefined,
      bytes(request.body),
    );
    response.status(200).end();
  };
  router.post('/states/:id', body, write);

  const lock: RequestHandler<{ id: string }> = async (request, response) => {
    const grant = await grantOf(request);
    try {
      await states.lock(grant, readLockInfo(bytes(request.body)));
      response.status(200).end();
    } catch (error) {
      if (!(error instanceof StateLockedError)) throw error;
      response.status(423).json(error.holder);
    }
  };
  router.lock('/states/:id/lock', body, lock);

  const unlock: RequestHandler<{ id: string }> = async (request, response) => {
    const grant = await grantOf(request);
    await states.unlock(grant, readLockInfo(bytes(request.body)).ID);
    response.status(200).end();
  };
  router.unlock('/states/:id/lock', body, unlock);

  async function grantOf(request: {
    params: { id: string };
    headers: { authorization?: string };
  }): Promise<StateGrant> {
    const [scheme, encoded] = (request.headers.authorization ?? '').split(' ');
    if (scheme.toLowerCase() !== 'basic' || !encoded) {
      throw new StateTokenError();
    }
    const [user, ...rest] = Buffer.from(encoded, 'base64')
      .toString()
      .split(':');
    return states.authenticate(request.params.id, user, rest.join(':'));
  }
}

/** What express.raw() says of a body that it does not take. */
function tooLarge(megabytes: number): ErrorRequestHandler {
  return (error, _request, _response, next) =>
    next(error.status === 413 ? new StateTooLargeError(megabytes) : error);
}

/** express.raw() leaves an empty object where there is no body. */
function bytes(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
