import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { generate } from 'selfsigned';
import { z } from 'zod';
import {
  Answer,
  json,
  refuse,
  serve,
  TestServer,
} from './__testUtils__/server';
import { standingClock } from './__testUtils__/standingClock';
import { ArgocdInstanceConfig } from './config';
import { ArgocdRequest, Transport } from './transport';

/** Where the HTTP client tells that it could not connect. */
const CONNECT_ERROR = 'undici:client:connectError';

const anything = z.unknown();
const read: ArgocdRequest = { method: 'GET', path: ['api', 'v1', 'x'] };
const write: ArgocdRequest = { ...read, method: 'POST', body: {} };

describe('Transport', () => {
  const closing: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    for (const one of closing.splice(0)) await one.close();
  });

  const transportTo = (config: ArgocdInstanceConfig) => {
    const transport = new Transport(config, [1, 1]);
    closing.unshift(transport);
    return transport;
  };
  const serving = async (
    answer: Answer,
    more: Partial<ArgocdInstanceConfig> = {},
  ): Promise<{ transport: Transport } & TestServer> => {
    const server = await serve(answer);
    closing.push(server);
    const transport = transportTo({ ...server.config, ...more });
    return { ...server, transport };
  };
  /** Answers each request by the next function; the last one serves for the rest. */
  const inTurn = (...answers: Answer[]): Answer => {
    let next = 0;
    return (request, response) => {
      const answer = answers[Math.min(next, answers.length - 1)];
      next += 1;
      return answer(request, response);
    };
  };
  const ok: Answer = (_, response) => json(response, 200, { fine: true });
  const cut: Answer = (_, response) => {
    response.destroy();
  };

  it('shows its token, and names JSON for whatever is no GET, even without a body', async () => {
    const { transport, arrived } = await serving(ok);
    await transport.call(read, anything);
    await transport.call({ ...read, method: 'DELETE' }, anything);
    expect(arrived.map(one => one.headers['content-type'])).toEqual([
      undefined,
      'application/json',
    ]);
    expect(arrived[0].headers.authorization).toBe('Bearer the-token');
  });

  it('escapes names, keeps the path of the instance and repeats lists in the query', async () => {
    const server = await serve(ok);
    closing.push(server);
    const url = `${server.config.url}/argocd`;
    await transportTo({ ...server.config, url }).call(
      {
        ...read,
        path: ['a', 'b/../c'],
        query: { projects: ['x', 'y z'], cascade: false, none: undefined },
      },
      anything,
    );
    expect(server.arrived[0].url).toBe(
      '/argocd/a/b%2F..%2Fc?projects=x&projects=y+z&cascade=false',
    );
  });

  it.each([
    ['a connection that breaks', cut],
    [
      'a proxy with nobody behind it',
      ((_, response) => json(response, 503, {})) as Answer,
    ],
  ])('tries a read again after %s', async (_, failing) => {
    const { transport, arrived } = await serving(inTurn(failing, failing, ok));
    expect(await transport.call(read, anything)).toEqual({ fine: true });
    expect(arrived).toHaveLength(3);
  });

  it('gives a read up after three tries', async () => {
    const { transport, arrived } = await serving(cut);
    await expect(transport.call(read, anything)).rejects.toMatchObject({
      code: 'argocd.unreachable',
      message: expect.stringContaining('Check that it runs'),
    });
    expect(arrived).toHaveLength(3);
  });

  it('never sends a second time what may have had an effect', async () => {
    const { transport, arrived } = await serving(cut);
    await expect(transport.call(write, anything)).rejects.toMatchObject({
      code: 'argocd.unreachable',
    });
    expect(arrived).toHaveLength(1);
  });

  it('sends again what has the same effect twice', async () => {
    const { transport, arrived } = await serving(inTurn(cut, ok));
    await transport.call({ ...write, repeatable: true }, anything);
    expect(arrived).toHaveLength(2);
  });

  it('does not repeat what was refused', async () => {
    const { transport, arrived } = await serving((_, response) =>
      refuse(response, 403, 7, 'permission denied'),
    );
    await expect(transport.call(read, anything)).rejects.toMatchObject({
      code: 'argocd.forbidden',
    });
    expect(arrived).toHaveLength(1);
  });

  it('gives up what is not answered in time', async () => {
    const deadline = new AbortController();
    const limit = jest
      .spyOn(AbortSignal, 'timeout')
      .mockReturnValue(deadline.signal);
    const { transport, arrived } = await serving(() =>
      deadline.abort(new DOMException('', 'TimeoutError')),
    );
    await expect(transport.call(read, anything)).rejects.toMatchObject({
      code: 'argocd.timeout',
      message: expect.stringContaining('GET /api/v1/x within 20 s'),
    });
    expect(limit).toHaveBeenCalledWith(20_000);
    expect(arrived).toHaveLength(1);
  });

  it('lets a stream go on beyond the time for its beginning', async () => {
    let end = () => {};
    const { transport, config } = await serving((_, response) => {
      response.write('first');
      end = () => response.end('last');
    });
    standingClock();
    const parts = [];
    for await (const part of await transport.open(read)) {
      parts.push(`${part}`);
      jest.advanceTimersByTime(2 * config.timeoutMs);
      end();
    }
    expect(parts).toEqual(['first', 'last']);
  });

  it('ends with the reason of the signal that was aborted', async () => {
    const controller = new AbortController();
    const { transport } = await serving(() => controller.abort('enough'));
    await expect(
      transport.call({ ...read, signal: controller.signal }, anything),
    ).rejects.toBe('enough');
  });

  it('says what nobody listens at', async () => {
    const server = await serve(ok);
    closing.push(server);
    // A port that was free a moment ago may be another program's by now; this one is nobody's.
    const url = 'http://127.0.0.1:1';
    const transport = transportTo({ ...server.config, url });
    await expect(transport.call(write, anything)).rejects.toMatchObject({
      code: 'argocd.unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
      call: { instance: 'test', request: 'POST /api/v1/x' },
    });
  });

  it('sends again what never arrived, even where a second one would matter', async () => {
    const { config, close } = await serve(ok);
    await close();
    // Long enough for somebody to listen again.
    const transport = new Transport(config, [500]);
    closing.unshift(transport);
    const listening = new Promise<void>(resolve => {
      const listen = async () => {
        unsubscribe(CONNECT_ERROR, listen);
        const { port } = new URL(config.url);
        closing.push(await serve(ok, { port: Number(port) }));
        resolve();
      };
      subscribe(CONNECT_ERROR, listen);
    });
    await expect(transport.call(write, anything)).resolves.toEqual({
      fine: true,
    });
    await listening;
  });

  it('sends no more in a second than the configuration says', async () => {
    standingClock();
    const { transport, arrived, config } = await serving(ok, {
      requestsPerSecond: 2,
    });
    const calls = [1, 2, 3].map(() => transport.call(read, anything));
    await Promise.all(calls.slice(0, 2));
    // Whatever was sent before this has arrived before it.
    const other = { ...read, path: ['other'] };
    await transportTo(config).call(other, anything);
    expect(arrived.map(({ url }) => url)).toEqual([
      '/api/v1/x',
      '/api/v1/x',
      '/other',
    ]);
    jest.advanceTimersByTime(1000);
    await calls[2];
    expect(arrived).toHaveLength(4);
  });

  it('goes on when the clock is set back', async () => {
    const tomorrow = Date.now() + 86_400_000;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(tomorrow);
    const { transport } = await serving(ok);
    await transport.call(read, anything);
    clock.mockRestore();
    await expect(transport.call(read, anything)).resolves.toEqual({
      fine: true,
    });
  });

  it('has no more than ten requests under way', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const { transport } = await serving((_, response) => {
      waiting.push(() => json(response, 200, {}));
      most = Math.max(most, waiting.length);
      if (waiting.length === 10) waiting.splice(0).forEach(go => go());
    });
    await Promise.all(
      Array.from({ length: 30 }, () => transport.call(read, anything)),
    );
    expect(most).toBe(10);
  });

  it('says where an answer is not as it should be', async () => {
    const { transport } = await serving((_, response) =>
      json(response, 200, { deep: { field: 7 } }),
    );
    const shape = z.object({ deep: z.object({ field: z.string() }) });
    await expect(transport.call(read, shape)).rejects.toMatchObject({
      code: 'argocd.answer',
      message: expect.stringContaining('at "deep.field"'),
    });
  });

  it('takes a page for no Argo CD', async () => {
    const { transport } = await serving((_, response) => {
      response.end('<html>Sign in</html>');
    });
    await expect(
      transport.call(read, z.object({ items: z.array(anything) })),
    ).rejects.toMatchObject({ code: 'argocd.answer' });
  });

  describe('with an account', () => {
    const account = { username: 'me', password: 'pass-word' };
    const logins: Answer = (request, response) => {
      if (request.url === '/api/v1/session')
        json(response, 200, { token: 'session-token' });
      else ok(request, response);
    };

    it('begins one session for everybody', async () => {
      const { transport, arrived } = await serving(logins, {
        credentials: account,
      });
      await Promise.all([
        transport.call(read, anything),
        transport.call(read, anything),
      ]);
      expect(arrived.map(({ url }) => url)).toEqual([
        '/api/v1/session',
        '/api/v1/x',
        '/api/v1/x',
      ]);
      expect(JSON.parse(arrived[0].body)).toEqual(account);
      expect(arrived[1].headers.authorization).toBe('Bearer session-token');
    });

    it('begins another session when one has ended, even for what may not be repeated', async () => {
      let ended = true;
      const { transport, arrived } = await serving(
        (request, response) => {
          if (request.url !== '/api/v1/session' && ended) {
            ended = false;
            refuse(response, 401, 16, 'invalid session: token has expired');
          } else {
            logins(request, response);
          }
        },
        { credentials: account },
      );
      expect(await transport.call(write, anything)).toEqual({ fine: true });
      expect(arrived).toHaveLength(4);
    });

    it('tries once more only, and lets the next caller try anew', async () => {
      const { transport, arrived } = await serving(
        (_, response) =>
          refuse(response, 401, 16, 'Invalid username or password'),
        { credentials: account },
      );
      for (let call = 1; call <= 2; call++) {
        await expect(transport.call(read, anything)).rejects.toMatchObject({
          code: 'argocd.unauthorized',
        });
        expect(arrived).toHaveLength(call);
      }
    });
  });

  it.each([
    ['a token', { token: 'very-secret' }],
    ['a password', { username: 'me', password: 'very-secret' }],
  ])('never repeats %s, even when it is told it', async (_, credentials) => {
    const { transport } = await serving(
      (_request, response) =>
        refuse(response, 401, 16, 'very-secret is not good, very-secret'),
      { credentials },
    );
    const error = await transport
      .call(read, anything)
      .catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      message: expect.stringContaining('*** is not good, ***'),
    });
    expect(inspect(error, { depth: 9 })).not.toContain('very-secret');
  });

  describe('over TLS', () => {
    const { private: key, cert } = generate(
      [{ name: 'commonName', value: 'localhost' }],
      {
        keySize: 2048,
        extensions: [
          {
            name: 'subjectAltName',
            altNames: [{ type: 2, value: 'localhost' }],
          },
        ],
      },
    );

    it('trusts what the configured certificate vouches for', async () => {
      const server = await serve(ok, { tls: { key, cert } });
      closing.push(server);
      const transport = transportTo({ ...server.config, ca: cert });
      expect(await transport.call(read, anything)).toEqual({ fine: true });
    });

    it('trusts nothing else, tries once and says what to do', async () => {
      const server = await serve(ok, { tls: { key, cert } });
      closing.push(server);
      await expect(
        transportTo(server.config).call(read, anything),
      ).rejects.toMatchObject({
        code: 'argocd.certificate',
        message: expect.stringContaining("into the instance's ca"),
      });
      expect(server.arrived).toEqual([]);
    });
  });
});
