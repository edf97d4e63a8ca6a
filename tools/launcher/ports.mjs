import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { commandLine } from './processes.mjs';
import { Problem } from './problem.mjs';

/** Whether nothing listens on this port of this machine. */
export async function isFree(port, host) {
  return await new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}

/** Below those that systems hand out by themselves, and those that Kubernetes does. */
const OURS = [20_000, 30_000];
const given = new Set();

/**
 * A free port of the loopback address, no other one at each call. It is used
 * seconds later: one of those that the system gives to whoever asks for any,
 * or to whoever connects, could be another program's by then.
 */
export async function freePort() {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const port = randomInt(...OURS);
    if (!given.has(port) && (await isFree(port, '127.0.0.1'))) {
      given.add(port);
      return port;
    }
  }
  throw new Problem('Of a thousand ports, none was free.', [
    'Look at what holds them: ss -Hltn, or lsof -nP -iTCP -sTCP:LISTEN',
  ]);
}

/** The process that listens on a port, in words; undefined if unknown. */
export function whoListens(port) {
  const attempts = [
    ['lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], /^(\d+)/],
    ['ss', ['-Hltnp', `sport = :${port}`], /pid=(\d+)/],
  ];
  for (const [command, args, pattern] of attempts) {
    try {
      const out = execFileSync(command, args, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const pid = Number(pattern.exec(out)?.[1]);
      if (pid) {
        const line = commandLine(pid);
        return `process ${pid}${line ? ` (${line.slice(0, 100)})` : ''}`;
      }
    } catch {
      // The command is missing or may not tell: the next one may.
    }
  }
  return undefined;
}

/** The port from --port, GREENROOM_PORT or the default, checked to be one. */
export function choosePort(option, env = process.env) {
  const given = option ?? env.GREENROOM_PORT ?? '7007';
  const port = Number(given);
  if (!/^\d+$/.test(given) || port < 1 || port > 65535) {
    throw new Problem(`'${given}' is not a port.`, [
      'Give a number from 1 to 65535: ./greenroom start --port 7008',
    ]);
  }
  return port;
}

/** Refuses, in words, a port that something else listens on. */
export async function requireFreePort(port) {
  // The backend listens on all addresses; another program may hold just one.
  for (const host of [undefined, '127.0.0.1']) {
    if (!(await isFree(port, host))) {
      const owner = whoListens(port);
      throw new Problem(
        `Port ${port} is in use${owner ? ` by ${owner}` : ' by another program'}.`,
        [
          `Stop that program, or choose another port: ./greenroom start --port ${port + 1}`,
          'GREENROOM_PORT sets it for good.',
        ],
      );
    }
  }
}
