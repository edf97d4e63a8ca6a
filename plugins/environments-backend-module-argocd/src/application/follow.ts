import { setTimeout as delay } from 'node:timers/promises';
import {
  ArgocdApplication,
  ArgocdApplicationRef,
  ArgocdClient,
} from '@greenroom/plugin-argocd-node';
import { TIMES } from '../times';
import { orUndefined } from './orUndefined';

/** The application was not as wanted within the time. */
export class TookTooLong extends Error {}

/** One that is gone before anybody listens is told of by no event, so it is looked for as well. */
const LOOKS = { firstMs: 250, lastMs: 5000 };

/**
 * Follows an application until `look` answers something.
 *
 * @param options - `wake`: what to do when nothing has happened for a while: Argo CD misses the
 *   end of a resource now and then, and would look again by itself only after minutes
 * @param look - asked for each state that it comes to, with undefined once it is gone
 * @throws TookTooLong; the signal's reason when it aborts; ArgocdError
 */
export async function follow<T>(
  client: ArgocdClient,
  ref: ArgocdApplicationRef,
  options: {
    signal: AbortSignal;
    withinMs: number;
    wake?: (signal: AbortSignal) => Promise<unknown>;
  },
  look: (
    application: ArgocdApplication | undefined,
  ) => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), options.withinMs);
  const signal = AbortSignal.any([options.signal, enough.signal]);
  try {
    for await (const application of states(client, ref, signal, options.wake)) {
      const found = await look(application);
      if (found !== undefined) return found;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
    enough.abort();
  }
  options.signal.throwIfAborted();
  throw new TookTooLong();
}

/** What the application comes to be: by the event stream, and by a look now and then behind it. */
async function* states(
  client: ArgocdClient,
  ref: ArgocdApplicationRef,
  signal: AbortSignal,
  wake?: (signal: AbortSignal) => Promise<unknown>,
): AsyncGenerator<ArgocdApplication | undefined> {
  const events = client.watchApplications(
    { name: ref.name, project: ref.project },
    signal,
  );
  let next = events.next();
  let pauseMs = LOOKS.firstMs;
  while (!signal.aborted) {
    const pause = new AbortController();
    const silence = delay(pauseMs, 'silence' as const, {
      signal: AbortSignal.any([signal, pause.signal]),
    }).catch(() => 'silence' as const);
    const event = await Promise.race([next, silence]);
    pause.abort();
    if (event === 'silence') {
      if (signal.aborted) return;
      if (pauseMs > TIMES.silenceMs) await wake?.(signal);
      pauseMs = Math.min(2 * pauseMs, LOOKS.lastMs);
      yield await orUndefined(client.application(ref, signal));
    } else {
      if (event.done) return;
      const { type, application } = event.value;
      next = events.next();
      yield type === 'DELETED' ? undefined : application;
    }
  }
}
