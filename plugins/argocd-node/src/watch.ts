import { setTimeout as delay } from 'node:timers/promises';
import { applicationList, streamLine } from './answers';
import { ArgocdError } from './errors';
import { Known } from './known';
import { worthRepeating } from './network';
import { Transport } from './transport';
import { ArgocdApplication, ArgocdApplicationEvent } from './types';

export interface WatchQuery {
  name?: string;
  project: string;
  appNamespace?: string;
}

/** A stream that says nothing for so long may be dead without knowing: proxies forget connections. */
const TIMES = { silenceMs: 30_000, pauseMs: 1000 };
const MOST_FAILURES = 3;

/**
 * Reads the list, then the stream until that breaks off or keeps silent, and so on: the list
 * finds what the stream lost, deletions above all, and is a poll where no stream comes through.
 */
export async function* watch(
  transport: Transport,
  query: WatchQuery,
  signal: AbortSignal,
  { silenceMs, pauseMs }: typeof TIMES = TIMES,
): AsyncGenerator<ArgocdApplicationEvent> {
  const known = new Known();
  let failures = 0;
  let pause = pauseMs;
  while (!signal.aborted) {
    try {
      yield* known.compare(await list(transport, query, signal));
      failures = 0;
      for await (const event of streamed(transport, query, signal, silenceMs)) {
        pause = pauseMs;
        yield* known.take(event);
      }
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      if (!passes(error) || failures === MOST_FAILURES) throw error;
      await delay(pause, undefined, { signal }).catch(() => {});
      pause = Math.min(2 * pause, silenceMs);
    }
  }
}

async function list(
  transport: Transport,
  { name, project, appNamespace }: WatchQuery,
  signal: AbortSignal,
): Promise<ArgocdApplication[]> {
  const { items } = await transport.call(
    {
      method: 'GET',
      path: ['api', 'v1', 'applications'],
      query: { name, projects: [project], appNamespace },
      signal,
    },
    applicationList,
  );
  return items;
}

async function* streamed(
  transport: Transport,
  { name, project, appNamespace }: WatchQuery,
  signal: AbortSignal,
  silenceMs: number,
): AsyncGenerator<ArgocdApplicationEvent> {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), silenceMs);
  try {
    const body = await transport.open({
      method: 'GET',
      path: ['api', 'v1', 'stream', 'applications'],
      query: { name, projects: [project], appNamespace },
      signal: AbortSignal.any([signal, silent.signal]),
    });
    for await (const line of linesOf(body)) {
      timer.refresh();
      const parsed = streamLine.safeParse(JSON.parse(line));
      if (parsed.success && 'result' in parsed.data) yield parsed.data.result;
    }
  } catch (error) {
    // Nothing is wrong: the list is looked at, and the stream begun again.
    if (!silent.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function* linesOf(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of body) {
    const lines = (rest + decoder.decode(part, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter(line => line.trim());
  }
}

function passes(error: unknown): boolean {
  // Whatever breaks a stream that had begun is no error of Argo CD's.
  if (!(error instanceof ArgocdError)) return true;
  return (
    worthRepeating(error) ||
    error.code === 'argocd.timeout' ||
    error.code === 'argocd.failed'
  );
}
