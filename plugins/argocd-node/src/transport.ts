import { setTimeout as delay } from 'node:timers/promises';
import { isError } from '@backstage/errors';
import { RateLimiter } from 'limiter';
import pLimit from 'p-limit';
import { Agent, Dispatcher } from 'undici';
import { z } from 'zod';
import { ArgocdInstanceConfig } from './config';
import {
  ArgocdAnswerError,
  ArgocdCall,
  ArgocdError,
  ArgocdTimeoutError,
  ArgocdUnauthorizedError,
} from './errors';
import { neverArrived, unreachable, worthRepeating } from './network';
import { errorOf, readRefusal } from './refusal';
import { Session } from './session';

/** Before the second and the third try. */
const PAUSES_MS = [200, 1000];
const MOST_AT_ONCE = 10;

export interface ArgocdRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments after the address of the instance; escaped here. */
  path: string[];
  query?: Record<string, string | string[] | boolean | number | undefined>;
  body?: unknown;
  /** Whether a second one would have no other effect than the first. A GET always is. */
  repeatable?: boolean;
  signal?: AbortSignal;
}

/** Sends requests to one instance: with who we are, within limits of time and number, again where that is safe. */
export class Transport {
  readonly #agent: Agent;
  readonly #slots = pLimit(MOST_AT_ONCE);
  /** By the monotonic clock: one that is set back must not hold everything up until it is there again. */
  readonly #rate: RateLimiter;
  readonly #session: Session;

  constructor(
    private readonly config: ArgocdInstanceConfig,
    private readonly pausesMs: number[] = PAUSES_MS,
  ) {
    this.#agent = new Agent({
      connect: { ca: config.ca, timeout: config.timeoutMs },
      // Deadlines are set for each request.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#rate = new RateLimiter({
      tokensPerInterval: Math.ceil(config.requestsPerSecond),
      interval: 'second',
    });
    this.#session = new Session(config.credentials, body =>
      this.#read(
        { method: 'POST', path: ['api', 'v1', 'session'], body },
        z.object({ token: z.string() }),
      ),
    );
  }

  /**
   * @returns the answer, of the shape that was asked for
   * @throws ArgocdError; the signal's reason when it was aborted
   */
  async call<T>(request: ArgocdRequest, shape: z.ZodType<T>): Promise<T> {
    return this.#authorized(token => this.#read(request, shape, token));
  }

  /**
   * Opens an answer that has no end of its own. The deadline is for its beginning; `signal`
   * ends it.
   */
  async open(request: ArgocdRequest): Promise<AsyncIterable<Buffer>> {
    return this.#authorized(async token => {
      const begun = new AbortController();
      const timer = setTimeout(
        () => begun.abort(new DOMException('', 'TimeoutError')),
        this.config.timeoutMs,
      );
      const signal = anyOf(begun.signal, request.signal);
      try {
        const answer = await this.#send(request, token, signal);
        if (answer.statusCode !== 200)
          throw this.#refused(request, answer, await answer.body.text());
        return answer.body;
      } catch (error) {
        throw this.#explain(error, request);
      } finally {
        clearTimeout(timer);
      }
    });
  }

  /** Ends what is under way and lets no connection stay open. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #authorized<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.#session.token();
    try {
      return await work(token);
    } catch (error) {
      // A session ends by itself. What was refused for it has had no effect, so it is safe to repeat.
      if (
        error instanceof ArgocdUnauthorizedError &&
        this.#session.forget(token)
      )
        return work(await this.#session.token());
      throw error;
    }
  }

  async #read<T>(
    request: ArgocdRequest,
    shape: z.ZodType<T>,
    token?: string,
  ): Promise<T> {
    const { status, text } = await this.#repeated(request, token);
    const parsed = shape.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new ArgocdAnswerError(
      'argocd.answer',
      `Argo CD "${this.config.name}" answered ${words(request)} in a way that is not known here (at "${issue.path.join('.')}": ${issue.message})`,
      'Check that the url is that of Argo CD itself, version 3',
      { ...this.#at(request), status },
    );
  }

  async #repeated(request: ArgocdRequest, token?: string) {
    for (let tries = 0; ; tries++) {
      try {
        return await this.#slots(() => this.#once(request, token));
      } catch (error) {
        const repeatable = request.method === 'GET' || request.repeatable;
        const again = repeatable ? worthRepeating(error) : neverArrived(error);
        if (!again || tries === this.pausesMs.length) throw error;
        await pause(this.pausesMs[tries], request.signal);
      }
    }
  }

  async #once(request: ArgocdRequest, token?: string) {
    await this.#rate.removeTokens(1);
    const deadline = AbortSignal.timeout(this.config.timeoutMs);
    try {
      const answer = await this.#send(
        request,
        token,
        anyOf(deadline, request.signal),
      );
      const text = await answer.body.text();
      if (answer.statusCode < 200 || answer.statusCode > 299)
        throw this.#refused(request, answer, text);
      return { status: answer.statusCode, text };
    } catch (error) {
      throw this.#explain(error, request);
    }
  }

  async #send(
    request: ArgocdRequest,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    request.signal?.throwIfAborted();
    return this.#agent.request({
      origin: new URL(this.config.url).origin,
      path: this.#pathOf(request),
      method: request.method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        // Argo CD refuses whatever is no GET without it, a DELETE that has no body too.
        ...(request.method !== 'GET' && { 'content-type': 'application/json' }),
      },
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal,
    });
  }

  #pathOf({ path, query = {} }: ArgocdRequest): string {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) search.append(name, String(one));
    const base = new URL(this.config.url).pathname.replace(/\/$/, '');
    const end = search.size > 0 ? `?${search}` : '';
    return `${base}/${path.map(encodeURIComponent).join('/')}${end}`;
  }

  #refused(
    request: ArgocdRequest,
    { statusCode }: Dispatcher.ResponseData,
    text: string,
  ): ArgocdError {
    const refusal = readRefusal(statusCode, this.#session.mask(text));
    return errorOf(refusal, this.#at(request));
  }

  #explain(error: unknown, request: ArgocdRequest): unknown {
    if (error instanceof ArgocdError) return error;
    if (request.signal?.aborted) return request.signal.reason;
    if (isError(error) && error.name === 'TimeoutError')
      return new ArgocdTimeoutError(
        `Argo CD "${this.config.name}" did not answer ${words(request)} within ${this.config.timeoutMs / 1000} s`,
        'Look at argocd-server, argocd-repo-server and the application controller: one of them hangs or is overloaded',
        this.#at(request),
      );
    return unreachable(error, this.config, this.#at(request));
  }

  #at(request: ArgocdRequest): ArgocdCall {
    return { instance: this.config.name, request: words(request) };
  }
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => {});
  signal?.throwIfAborted();
}

function anyOf(one: AbortSignal, other?: AbortSignal): AbortSignal {
  return other ? AbortSignal.any([one, other]) : one;
}

function words({ method, path }: ArgocdRequest): string {
  return `${method} /${path.join('/')}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
