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

/**
 * One that is gone before anybody listens is told of by no event, so it is looked for as well. And
 * Argo CD misses an event of the cluster now and then, and would itself look again only after
 * minutes: after a longer silence it is told to.
 */
const LOOKS = { firstMs: 250, lastMs: 8000 };

interface FollowOptions {
  signal: AbortSignal;
  withinMs: number;
  /** What Argo CD is told after a silence; `normal` when absent. */
  refresh?: 'normal' | 'hard';
}

/**
 * Follows an application until `look` answers something.
 *
 * @param look - asked for each state that it comes to, with undefined once it is gone
 * @throws TookTooLong; the signal's reason when it aborts; ArgocdError
 */
export async function follow<T>(
  client: ArgocdClient,
  ref: ArgocdApplicationRef,
  options: FollowOptions,
  look: (
    application: ArgocdApplication | undefined,
  ) => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), options.withinMs);
  const signal = AbortSignal.any([options.signal, enough.signal]);
  try {
    const all = states(client, ref, { ...options, signal });
    for await (const application of all) {
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
  { signal, refresh = 'normal' }: FollowOptions,
): AsyncGenerator<ArgocdApplication | undefined> {
  const events = client.watchApplications(
    { name: ref.name, project: ref.project },
    signal,
  );
  const lookAfter = async (pauseMs: number, cut: AbortSignal) => {
    await delay(pauseMs, undefined, { signal: cut });
    const looked =
      pauseMs > TIMES.silenceMs
        ? (await orUndefined(client.refreshed(ref, refresh, cut)))?.application
        : await orUndefined(client.application(ref, cut));
    return { looked };
  };
  let next = events.next();
  let pauseMs = LOOKS.firstMs;
  while (!signal.aborted) {
    const spoken = new AbortController();
    const cut = AbortSignal.any([signal, spoken.signal]);
    const silence = lookAfter(pauseMs, cut);
    const event = await Promise.race([next, silence]);
    if ('looked' in event) {
      pauseMs = Math.min(2 * pauseMs, LOOKS.lastMs);
      yield event.looked;
    } else {
      spoken.abort();
      if (event.done) return;
      const { type, application } = event.value;
      next = events.next();
      yield type === 'DELETED' ? undefined : application;
    }
  }
}
