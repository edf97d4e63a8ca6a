import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { DriverStateAccess } from '../driver';

/** What Terraform sends with LOCK: the holder, as another client is told. */
interface Lock {
  ID: string;
}

interface KeptState {
  body?: string;
  lock?: Lock;
  password: string;
}

/**
 * Terraform's http state protocol in memory, on a port of its own: one address per state.
 *
 * It does what the tools ask for and what tests look at, no more: it keeps no versions,
 * encrypts nothing and lets a lock go only when it is unlocked or broken.
 */
export class StateServer {
  readonly #states = new Map<string, KeptState>();
  /** Method and address of every request, in order. */
  readonly requests: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<StateServer> {
    const server = createServer();
    const states = new StateServer(server);
    server.on('request', (request, response) =>
      states.#answer(request, response),
    );
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    return states;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>(resolve => this.server.close(() => resolve()));
  }

  /** Access to the state of that name; a new password shuts out whoever holds an older one. */
  access(name: string, password = 'first-password'): DriverStateAccess {
    const state = this.#states.get(name);
    if (state) state.password = password;
    else this.#states.set(name, { password });
    const { port } = this.server.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}/${name}`;
    return {
      address,
      lockAddress: `${address}/lock`,
      unlockAddress: `${address}/lock`,
      username: 'operation',
      password,
    };
  }

  /** The state as last written; undefined while there is none. */
  read(name: string): string | undefined {
    return this.#states.get(name)?.body;
  }

  isLocked(name: string): boolean {
    return this.#states.get(name)?.lock !== undefined;
  }

  /** What the service does to the lock of an operation whose claim is over. */
  breakLock(name: string): void {
    const state = this.#states.get(name);
    if (state) state.lock = undefined;
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const path = (request.url ?? '/').split('?')[0];
    this.requests.push(`${request.method} ${path}`);
    const answer = (status: number, body?: string) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body);
    };
    const state = this.#states.get(path.split('/')[1]);
    if (!state) return answer(404);
    const expected = Buffer.from(`operation:${state.password}`);
    if (
      request.headers.authorization !== `Basic ${expected.toString('base64')}`
    ) {
      return answer(401);
    }
    const body = await readBody(request);
    switch (request.method) {
      case 'GET':
        return state.body === undefined ? answer(204) : answer(200, state.body);
      case 'POST': {
        const id = new URL(request.url!, 'http://state').searchParams.get('ID');
        if (state.lock && state.lock.ID !== id)
          return answer(423, JSON.stringify(state.lock));
        state.body = body;
        return answer(200);
      }
      case 'LOCK':
        if (state.lock) return answer(423, JSON.stringify(state.lock));
        state.lock = JSON.parse(body);
        return answer(200);
      case 'UNLOCK': {
        const holder: Partial<Lock> = body ? JSON.parse(body) : {};
        if (state.lock && holder.ID && holder.ID !== state.lock.ID)
          return answer(409, JSON.stringify(state.lock));
        state.lock = undefined;
        return answer(200);
      }
      default:
        return answer(405);
    }
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
