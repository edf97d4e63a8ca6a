import { signal } from './processes.mjs';

// Everything this launcher has started and that still runs. One place, so
// that no way out of the launcher can forget one.
const commands = new Set();
const services = [];
let closing;

/** Thrown instead of starting something new once the launcher is stopping. */
export class Stopped extends Error {}

function refuseWhenClosing() {
  if (closing) {
    throw new Stopped('The launcher is stopping.');
  }
}

/** Starts a short command by `spawn`, in a process group of its own. */
export function startCommand(spawn) {
  refuseWhenClosing();
  const child = spawn();
  commands.add(child);
  child.once('close', () => commands.delete(child));
  child.once('error', () => commands.delete(child));
  return child;
}

/** Starts a service by `start`; it is stopped before those started earlier. */
export function addService(start) {
  refuseWhenClosing();
  const service = start();
  services.push(service);
  return service;
}

/** Stops everything in good order; may be called again and again. */
export async function closeAll() {
  closing ??= (async () => {
    for (const child of commands) {
      signal(-child.pid, 'SIGTERM');
    }
    for (const service of services.reverse()) {
      await service.stop();
    }
  })();
  await closing;
}

/** For somebody who does not want to wait for good order. */
export function killAll() {
  for (const child of commands) {
    signal(-child.pid, 'SIGKILL');
  }
  for (const service of services) {
    service.kill();
  }
}
