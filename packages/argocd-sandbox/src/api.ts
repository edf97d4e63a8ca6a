import express, { Request, Response, Router } from 'express';
import { Account, Accounts } from './accounts';
import { Info } from './application';
import { managedResources } from './managedResources';
import { Refusal } from './refusal';
import { Sandbox } from './sandbox';
import { isSelected } from './selector';
import { stream } from './stream';

/** What Argo CD's API answers, for the part of it that is used here. */
export function api(
  sandbox: Sandbox,
  accounts: Accounts,
  frozen: () => boolean,
): Router {
  const router = express.Router();
  const caller = (request: Request) =>
    accounts.caller(request.header('authorization'));
  const kept = (request: Request) =>
    sandbox.find(caller(request), request.params.name, projectOf(request));

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
    response.json({ Version: 'v3.2.11+stand-in' });
  });
  router.post(
    '/api/v1/session',
    answer(({ body }) => ({
      token: accounts.signIn(body.username, body.password),
    })),
  );
  router.get(
    '/api/v1/session/userinfo',
    answer(request => ({ loggedIn: true, username: caller(request).name })),
  );
  router.get(
    '/api/v1/projects/:name',
    answer(request =>
      projectAnswer(sandbox, caller(request), request.params.name),
    ),
  );

  const applications = '/api/v1/applications';
  const one = `${applications}/:name`;
  router.get(
    applications,
    answer(request => {
      const { name } = request.query;
      const items = sandbox
        .list(caller(request), projectsOf(request))
        .filter(({ metadata }) => !name || metadata.name === name)
        .filter(({ metadata }) =>
          isSelected(metadata.labels, textOf(request.query.selector)),
        );
      return { metadata: {}, items: items.length > 0 ? items : null };
    }),
  );
  router.post(
    applications,
    answer(request =>
      sandbox.create(
        caller(request),
        request.body,
        request.query.upsert === 'true',
      ),
    ),
  );
  router.get('/api/v1/stream/applications', (request, response) => {
    try {
      stream(sandbox, caller(request), request, response);
    } catch (error) {
      refuse(response, error);
    }
  });
  router.get(
    one,
    answer(async request => {
      const found = kept(request);
      if (request.query.refresh) {
        // As a real one whose repo-server hangs: no answer at all.
        if (frozen()) return new Promise(() => {});
        await sandbox.controller.refresh(found);
      }
      return found.application;
    }),
  );
  router.patch(
    one,
    answer(request =>
      sandbox.patch(kept(request), JSON.parse(request.body.patch)),
    ),
  );
  router.delete(
    one,
    answer(request => {
      const found = kept(request);
      if (!found.application.metadata.deletionTimestamp)
        void sandbox.controller.delete(
          found,
          request.query.cascade !== 'false',
        );
      return {};
    }),
  );
  router.delete(
    `${one}/operation`,
    answer(request => {
      sandbox.terminate(kept(request));
      return {};
    }),
  );
  router.post(
    `${one}/sync`,
    answer(request => {
      const { revision, prune, dryRun, infos = [], syncOptions } = request.body;
      const info: Info[] = infos;
      return sandbox.sync(kept(request), {
        sync: { revision, prune, dryRun, syncOptions: syncOptions?.items },
        info,
        initiatedBy: { username: caller(request).name },
      });
    }),
  );
  router.post(
    `${one}/rollback`,
    answer(request =>
      sandbox.rollback(kept(request), request.body, caller(request)),
    ),
  );
  router.get(
    `${one}/managed-resources`,
    answer(request => ({
      items: managedResources(
        sandbox.controller.compared(kept(request)),
      ).filter(item =>
        (['group', 'kind', 'namespace', 'name'] as const).every(
          field =>
            request.query[field] === undefined ||
            request.query[field] === item[field],
        ),
      ),
    })),
  );
  router.get(
    `${one}/resource-tree`,
    answer(request => sandbox.tree(kept(request))),
  );
  router.get(
    `${one}/manifests`,
    answer(async request => {
      const { application } = kept(request);
      const { commits, manifests } = await sandbox.controller.target(
        application,
        { revision: textOf(request.query.revision) },
      );
      const texts = manifests.map(manifest => JSON.stringify(manifest));
      return { manifests: texts, revision: commits[0] };
    }),
  );
  router.use('/api', (_, response) => {
    refuse(response, new Refusal(404, 5, 'Not Found'));
  });
  return router;
}

function projectAnswer(sandbox: Sandbox, account: Account, name: string) {
  const mine = account.projects ?? sandbox.projects;
  if (!mine.includes(name)) throw new Refusal(403, 7, 'permission denied');
  return {
    metadata: { name },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
    },
  };
}

function projectOf({ query, body }: Request): string | undefined {
  return textOf(query.project) ?? textOf(body?.project);
}

function projectsOf({ query }: Request): string[] {
  return [query.projects ?? query.project ?? []].flat().map(String);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}

function refuse(response: Response, error: unknown): void {
  const known =
    error instanceof Refusal ? error : new Refusal(500, 2, String(error));
  const { status, grpcCode, message } = known;
  response.status(status).json({ error: message, code: grpcCode, message });
}
