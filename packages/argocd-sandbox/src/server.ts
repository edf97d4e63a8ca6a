import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { Account, Accounts } from './accounts';
import { api } from './api';
import { callsOn } from './calls';
import { byHand } from './byHand';
import { Delays } from './controller';
import { grpcByHttp2, grpcWeb } from './grpc';
import { listen } from './listen';
import { MemoryFile } from './memory';
import { page } from './page';
import { Repositories } from './repositories';
import { Sandbox } from './sandbox';

/** What the stand-in is started with. */
export interface ArgocdSandboxOptions {
  accounts: Account[];
  projects: string[];
  /** Those of the projects whose applications tell of what is nobody's in their namespace. */
  orphansIn?: string[];
  /** A free one when absent. */
  port?: number;
  delays?: Delays;
  /** Where it keeps what it has until the next start. Absent: nowhere. */
  folder?: string;
  /** Folders by the addresses of repositories that there are nowhere else. */
  repositories?: Record<string, string>;
}

/** A stand-in that is up. */
export interface ArgocdSandbox {
  url: string;
  close(): Promise<void>;
}

/** In every answer, so that nobody takes it for the real one. */
export const STAND_IN_HEADER = 'x-stand-in-for';

const STAND_IN = 'argocd; nothing is deployed';

const DELAYS: Delays = { operationMs: 300, healthyMs: 3000 };

/**
 * Starts a server that stands in for Argo CD, on this machine alone. It has no cluster.
 *
 * @throws Error in production, or when what it has kept can't be read
 */
export async function startArgocdSandbox(
  options: ArgocdSandboxOptions,
): Promise<ArgocdSandbox> {
  if (process.env.NODE_ENV === 'production')
    throw new Error(
      'This stand-in for Argo CD has no cluster and deploys nothing, so it does not start with NODE_ENV=production. Configure a real Argo CD',
    );
  const { folder, repositories } = options;
  // Without a folder nothing is worth more than one run.
  const own = folder ?? (await mkdtemp(join(tmpdir(), 'argocd-sandbox-')));
  const copies = new Repositories(join(own, 'repositories'), repositories);
  const sandbox = new Sandbox({
    repositories: copies,
    projects: options.projects,
    orphansIn: options.orphansIn,
    delays: options.delays ?? DELAYS,
    now: () => Date.now(),
  });
  const memory = new MemoryFile(join(own, 'memory.json'), () =>
    sandbox.memory(),
  );
  const before = await memory.read();
  if (before) await sandbox.restore(before);
  sandbox.events.on('change', () => memory.changed());
  const freezer = { frozen: false };
  const app = express();
  app.disable('x-powered-by');
  app.use((_, response, next) => {
    response.setHeader(STAND_IN_HEADER, STAND_IN);
    next();
  });
  app.use('/by-hand', byHand(sandbox, freezer));
  const accounts = new Accounts(options.accounts);
  const calls = callsOn(sandbox, accounts, () => freezer.frozen);
  app.use(grpcWeb(calls));
  app.use(api(calls));
  app.use(page(sandbox));
  const http1 = createServer(app);
  const http2 = grpcByHttp2(calls, { [STAND_IN_HEADER]: STAND_IN });
  const { port, close } = await listen({ http1, http2 }, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await close();
      // First: what is under way is gone on with by the next start, and fails in this one.
      await memory.close();
      await copies.close();
      if (!folder) await rm(own, { recursive: true, force: true });
    },
  };
}
