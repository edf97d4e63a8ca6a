import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { EnvironmentsClient } from './client';
import { KeyedOptions } from './environmentsApi';
import { LogLine } from './operationTypes';
import { ProblemsError } from './problemsError';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

describe('EnvironmentsClient', () => {
  let server: Server;
  let handle: Handler;
  let client: EnvironmentsClient;

  beforeEach(async () => {
    server = createServer((request, response) => handle(request, response));
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    client = new EnvironmentsClient({
      discoveryApi: {
        getBaseUrl: async pluginId =>
          `http://127.0.0.1:${port}/api/${pluginId}`,
      },
      fetchApi: { fetch },
    });
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  function answer(response: ServerResponse, status: number, body: object) {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  }

  it('repeats the parameter of an array and leaves out what is not set', async () => {
    let url = '';
    handle = (request, response) => {
      url = request.url ?? '';
      answer(response, 200, { items: [], total: 0 });
    };

    await client.listEnvironments({
      scope: 'teams',
      search: '',
      state: ['failed', 'running'],
      owner: undefined,
      limit: 50,
    });

    expect(url).toBe(
      '/api/environments/environments?scope=teams&state=failed&state=running&limit=50',
    );
  });

  it('escapes what it puts into a route', async () => {
    let url = '';
    handle = (request, response) => {
      url = request.url ?? '';
      answer(response, 200, {});
    };

    await client.getEnvironmentByName('../counts?x');

    expect(url).toBe('/api/environments/environments/by-name/..%2Fcounts%3Fx');
  });

  it('sends the idempotency key with a create', async () => {
    let key: unknown;
    handle = (request, response) => {
      key = request.headers['idempotency-key'];
      answer(response, 202, {});
    };

    await client.createEnvironment(
      { name: 'shop', blueprint: 'site', owner: 'user:default/a', inputs: {} },
      { idempotencyKey: 'once' },
    );

    expect(key).toBe('once');
  });

  it.each<[string, (options?: KeyedOptions) => Promise<unknown>]>([
    [
      'submit',
      options => client.submitOperation('e', { kind: 'pause' }, options),
    ],
    ['retry', options => client.retryOperation('o', {}, options)],
    ['rollback', options => client.rollBackTo('o', {}, options)],
  ])(
    'sends the idempotency key with a %s, when there is one',
    async (_, ask) => {
      const keys: unknown[] = [];
      handle = (request, response) => {
        keys.push(request.headers['idempotency-key']);
        answer(response, 202, {});
      };

      await ask({ idempotencyKey: 'once' });
      await ask();

      expect(keys).toEqual(['once', undefined]);
    },
  );

  it('turns a refusal into its problems', async () => {
    const problem = {
      code: 'environment.name.taken',
      message: 'The name "shop" is taken.',
      field: '/name',
      remedy: 'Choose another name.',
    };
    handle = (_, response) =>
      answer(response, 409, {
        error: { name: 'ConflictError', message: problem.message },
        response: { statusCode: 409 },
        problems: [problem],
      });

    const error = await client.getEnvironment('x').catch(thrown => thrown);

    expect(error).toBeInstanceOf(ProblemsError);
    expect(error).toMatchObject({
      status: 409,
      reason: 'ConflictError',
      message: problem.message,
      problems: [problem],
    });
  });

  it('keeps the status of an answer that is no JSON', async () => {
    handle = (_, response) => {
      response.writeHead(502);
      response.end('Bad gateway');
    };

    await expect(client.countEnvironments()).rejects.toMatchObject({
      status: 502,
      problems: [],
    });
  });

  describe('streamLogs', () => {
    const line = (id: string): LogLine => ({
      id,
      time: '2026-11-21T10:00:00.000Z',
      component: 'site',
      action: 'apply',
      stream: 'stdout',
      level: 'info',
      text: `line ${id}`,
    });

    function openStream(response: ServerResponse) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    }

    function sendLine(
      response: ServerResponse,
      id: string,
      written?: () => void,
    ) {
      response.write(
        `id: ${id}\nevent: line\ndata: ${JSON.stringify(line(id))}\n\n`,
        written,
      );
    }

    it('resumes behind the last line when the connection breaks', async () => {
      const urls: string[] = [];
      handle = (request, response) => {
        urls.push(request.url ?? '');
        openStream(response);
        if (urls.length === 1) {
          sendLine(response, '1');
          sendLine(response, '2', () => response.destroy());
        } else {
          sendLine(response, '3');
          response.end('event: end\ndata: {"state":"succeeded"}\n\n');
        }
      };
      const seen: string[] = [];
      const onEnd = jest.fn();

      await client.streamLogs('op', {
        onLine: ({ id }) => seen.push(id),
        onEnd,
      });

      expect(urls).toEqual([
        '/api/environments/operations/op/logs/stream',
        '/api/environments/operations/op/logs/stream?after=2',
      ]);
      expect(seen).toEqual(['1', '2', '3']);
      expect(onEnd).toHaveBeenCalledWith('succeeded', undefined);
    });

    it('stops when its reader leaves', async () => {
      const closed = new Promise<void>(resolve => {
        handle = (_, response) => {
          openStream(response);
          sendLine(response, '1');
          response.on('close', resolve);
        };
      });
      const reader = new AbortController();
      const onEnd = jest.fn();

      await client.streamLogs('op', {
        signal: reader.signal,
        onLine: () => reader.abort(),
        onEnd,
      });

      await closed;
      expect(onEnd).not.toHaveBeenCalled();
    });

    it('does not ask again when the server refuses', async () => {
      let calls = 0;
      handle = (_, response) => {
        calls += 1;
        answer(response, 404, {
          error: { name: 'NotFoundError', message: 'No operation "op".' },
          response: { statusCode: 404 },
          problems: [],
        });
      };

      await expect(
        client.streamLogs('op', { onLine: () => {} }),
      ).rejects.toMatchObject({ status: 404, reason: 'NotFoundError' });
      expect(calls).toBe(1);
    });

    it('hands on what its reader throws', async () => {
      handle = (_, response) => {
        openStream(response);
        sendLine(response, '1');
      };

      await expect(
        client.streamLogs('op', {
          onLine: () => {
            throw new Error('no room');
          },
        }),
      ).rejects.toThrow('no room');
    });
  });
});
