import express, { Request, Response, Router } from 'express';
import { bearerOf } from './accounts';
import { Calls, VERSION } from './calls';
import { Refusal, refusalOf } from './refusal';
import { stream } from './stream';

/** What Argo CD's API answers by HTTP and JSON, for the part of it that is used here. */
export function api({ accounts, applications, projects }: Calls): Router {
  const router = express.Router();
  const caller = (request: Request) => accounts.caller(tokenOf(request));

  router.use((request, response, next) => {
    const type = request.header('content-type') ?? '';
    if (request.method !== 'GET' && !type.startsWith('application/json'))
      response.status(415).send('Invalid content type');
    else next();
  });
  router.use(express.json({ limit: '10mb' }));

  const answer =
    (work: (request: Request) => unknown) =>
    async (request: Request, response: Response) => {
      try {
        response.json(await work(request));
      } catch (error) {
        refuse(response, error);
      }
    };

  router.get('/api/version', (_, response) => {
    response.json({ Version: VERSION });
  });
  router.post(
    '/api/v1/session',
    answer(({ body }) => ({
      token: accounts.signIn(body.username, body.password),
    })),
  );
  router.get(
    '/api/v1/session/userinfo',
    answer(request => accounts.userInfo(tokenOf(request))),
  );
  router.get(
    '/api/v1/projects/:name',
    answer(request => projects.get(caller(request), request.params.name)),
  );

  const path = '/api/v1/applications';
  const one = `${path}/:name`;
  router.get(
    path,
    answer(request => {
      const items = applications.list(caller(request), queryOf(request));
      return { metadata: {}, items: items.length > 0 ? items : null };
    }),
  );
  router.post(
    path,
    answer(request =>
      applications.create(caller(request), request.body, {
        upsert: request.query.upsert === 'true',
        validate: request.query.validate !== 'false',
      }),
    ),
  );
  router.get('/api/v1/stream/applications', (request, response) => {
    try {
      const account = caller(request);
      stream(response, tell =>
        applications.watch(account, queryOf(request), tell),
      );
    } catch (error) {
      refuse(response, error);
    }
  });
  router.get(
    one,
    answer(request =>
      applications.get(caller(request), {
        ...named(request),
        refresh: textOf(request.query.refresh),
      }),
    ),
  );
  router.patch(
    one,
    answer(request =>
      applications.patch(caller(request), {
        ...request.body,
        ...named(request),
      }),
    ),
  );
  router.delete(
    one,
    answer(request => {
      const cascade = request.query.cascade !== 'false';
      applications.delete(caller(request), { ...named(request), cascade });
      return {};
    }),
  );
  router.delete(
    `${one}/operation`,
    answer(request => {
      applications.terminate(caller(request), named(request));
      return {};
    }),
  );
  router.post(
    `${one}/sync`,
    answer(request =>
      applications.sync(caller(request), {
        ...request.body,
        ...named(request),
      }),
    ),
  );
  router.post(
    `${one}/rollback`,
    answer(request =>
      applications.rollback(caller(request), {
        ...request.body,
        ...named(request),
      }),
    ),
  );
  router.get(
    `${one}/managed-resources`,
    answer(request => ({
      items: applications.managedResources(
        caller(request),
        resourcesQuery(request),
      ),
    })),
  );
  router.get(
    `${one}/resource-tree`,
    answer(request =>
      applications.tree(caller(request), resourcesQuery(request)),
    ),
  );
  router.get(
    `${one}/manifests`,
    answer(request =>
      applications.manifests(caller(request), {
        ...named(request),
        revision: textOf(request.query.revision),
      }),
    ),
  );
  router.use('/api', (_, response) => {
    refuse(response, new Refusal(404, 5, 'Not Found'));
  });
  return router;
}

function tokenOf(request: Request): string | undefined {
  return bearerOf(request.header('authorization'));
}

function named({ params, query, body }: Request) {
  const project = textOf(query.project) ?? textOf(body?.project);
  return { name: params.name, project };
}

function queryOf({ query }: Request) {
  return {
    name: textOf(query.name),
    projects: [query.projects ?? query.project ?? []].flat().map(String),
    selector: textOf(query.selector),
  };
}

function resourcesQuery(request: Request) {
  const { name, project } = named(request);
  const { query } = request;
  return {
    ...{ applicationName: name, project },
    group: textOf(query.group),
    kind: textOf(query.kind),
    namespace: textOf(query.namespace),
    name: textOf(query.name),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}

function refuse(response: Response, error: unknown): void {
  const { status, grpcCode, message } = refusalOf(error);
  response.status(status).json({ error: message, code: grpcCode, message });
}
