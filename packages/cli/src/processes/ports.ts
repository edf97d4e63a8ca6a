import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that systems hand out by themselves, and those that Kubernetes does. */
const OURS = [20_000, 30_000] as const;
const given = new Set<number>();

/**
 * A port of this machine that nobody listens on right now, no other one at each call. It is used
 * seconds later: one of those that the system gives to whoever asks for any, or to whoever
 * connects, could be another program's by then.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const port = randomInt(...OURS);
    if (!given.has(port) && (await isFree(port))) {
      given.add(port);
      return port;
    }
  }
  throw new Error('Of a thousand ports, none was free.');
}

async function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}
