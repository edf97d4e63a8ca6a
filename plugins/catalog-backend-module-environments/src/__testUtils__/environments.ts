import { Router } from 'express';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  Environment,
  EnvironmentSummary,
  Page,
} from '@greenroom/plugin-environments-common';

export function environment(
  name: string,
  changes: Partial<Environment> = {},
): Environment {
  const blueprint = {
    name: 'shop',
    title: 'Shop',
    version: '1.0.0',
    entityRef: 'environmentblueprint:default/shop',
  };
  const at = '2026-11-01T12:00:00.000Z';
  return {
    id: `id-of-${name}`,
    name,
    entityRef: `environment:default/${name}`,
    owner: 'group:default/checkout',
    createdBy: 'user:default/mira',
    type: 'sandbox',
    labels: {},
    blueprint,
    state: 'running',
    createdAt: at,
    lease: {
      grantedAt: at,
      expiresAt: '2026-11-01T14:00:00.000Z',
      onExpiry: 'destroy',
      reason: 'asked for',
    },
    inputs: {},
    outputs: [],
    components: [],
    latestOperation: {
      id: 'operation',
      environmentId: `id-of-${name}`,
      environmentName: name,
      owner: 'group:default/checkout',
      number: 1,
      kind: 'create',
      dryRun: false,
      state: 'succeeded',
      requestedBy: 'user:default/mira',
      requestedAt: at,
      cause: { code: 'request', message: 'asked for' },
    },
    ...changes,
  };
}

/**
 * The part of the environments API that the catalog asks, out of memory and over HTTP. It knows
 * no permissions: that services may read all environments is the environments plugin's to show.
 */
export class EnvironmentsInMemory {
  readonly all = new Map<string, Environment>();
  /** Answers 503 while set. */
  down = false;
  /** Who asked, as the credentials say. */
  readonly callers = new Set<string>();

  set(...environments: Environment[]): void {
    for (const each of environments) this.all.set(each.name, each);
  }

  readonly plugin = createBackendPlugin({
    pluginId: 'environments',
    register: env => {
      env.registerInit({
        deps: {
          httpRouter: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        init: async ({ httpRouter, httpAuth }) => {
          const router = Router();
          router.use((request, response, next) => {
            httpAuth
              .credentials(request, { allow: ['service'] })
              .then(({ principal }) => {
                this.callers.add(principal.subject);
                if (this.down) response.status(503).json({});
                else next();
              }, next);
          });
          router.get('/environments', (request, response) => {
            response.json(this.#page(Number(request.query.cursor ?? 0)));
          });
          router.get('/environments/by-name/:name', (request, response) => {
            const found = this.all.get(request.params.name);
            response.status(found ? 200 : 404).json(found ?? {});
          });
          router.get('/environments/:id', (request, response) => {
            const { id } = request.params;
            const found = [...this.all.values()].find(each => each.id === id);
            response.status(found ? 200 : 404).json(found ?? {});
          });
          httpRouter.use(router);
        },
      });
    },
  });

  /** Two at a time, so that a reader has to turn pages. */
  #page(from: number): Page<EnvironmentSummary> {
    const living = [...this.all.values()].filter(
      ({ state }) => state !== 'destroyed',
    );
    const next = from + 2;
    return {
      items: living.slice(from, next),
      total: living.length,
      ...(next < living.length && { nextCursor: String(next) }),
    };
  }
}
