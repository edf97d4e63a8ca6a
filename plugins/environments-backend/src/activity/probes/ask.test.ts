import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { FetchUrlReader } from '@backstage/backend-defaults/urlReader';
import { momentOf } from '../../clock';
import { ProbeAsker } from './ask';
import { readProbeSettings } from './settings';

const TOKEN = 'Bearer not-for-others';

describe('asking a probe', () => {
  let server: Server;
  /** By a name that may be read, and by one that may not. */
  let allowed: string;
  let forbidden: string;
  let asked: { url: string; authorization?: string }[];
  let answer: RequestListener;
  const asker = (settings: object = {}) => {
    const { host } = new URL(allowed);
    const config = new ConfigReader({
      backend: { reading: { allow: [{ host }] } },
      environments: { idle: settings },
    });
    return new ProbeAsker({
      ...readProbeSettings(config),
      urlReader: FetchUrlReader.fromConfig(config),
    });
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { url = '', headers } = request;
      asked.push({ url, authorization: headers.authorization });
      answer(request, response);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    allowed = `http://127.0.0.1:${port}`;
    forbidden = `http://localhost:${port}`;
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  const says = (body: unknown, status = 200) => {
    answer = (_request, response) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  };
  const never = new AbortController().signal;
  const http = (url: string, above?: number) => ({
    http: { url, json: '/app/used', above },
  });
  const prometheus = (above?: number) => ({
    prometheus: { url: `${allowed}/prom/`, query: 'up{a="b"}', above },
  });

  it.each([
    [3, { answer: true, value: '3' }],
    [0, { answer: false, value: '0' }],
    [true, { answer: true, value: 'true' }],
    [null, { answer: false, value: 'never' }],
    [
      '2026-11-20T12:00:00+01:00',
      {
        answer: momentOf('2026-11-20T11:00:00Z'),
        value: '2026-11-20T11:00:00.000Z',
      },
    ],
  ])('understands %s in JSON', async (used, told) => {
    says({ app: { used } });
    expect(await asker().ask(http(`${allowed}/`), never)).toEqual(told);
  });

  it('compares with what counts as use', async () => {
    says({ app: { used: 3 } });
    expect(await asker().ask(http(`${allowed}/`, 3), never)).toMatchObject({
      answer: false,
    });
  });

  it.each([
    [['0', '1.5'], undefined, { answer: true, value: '1.5' }],
    [['0', '0'], undefined, { answer: false, value: '0' }],
    [['2'], 2, { answer: false, value: '2' }],
  ])('asks Prometheus, which says %s', async (values, above, told) => {
    const result = values.map(value => ({ metric: {}, value: [1, value] }));
    says({ status: 'success', data: { resultType: 'vector', result } });
    expect(await asker().ask(prometheus(above), never)).toEqual(told);
    expect(asked[0].url).toBe('/prom/api/v1/query?query=up%7Ba%3D%22b%22%7D');
  });

  it.each([
    [
      { status: 'success', data: { resultType: 'vector', result: [] } },
      /vector\(0\)/,
    ],
    [
      { status: 'success', data: { resultType: 'scalar', result: [1, 'NaN'] } },
      /no number/,
    ],
    [
      { status: 'error', error: 'the password is hunter2' },
      /none of Prometheus to a query$/,
    ],
    [
      { status: 'success', data: { resultType: 'string', result: [1, '1'] } },
      /none of/,
    ],
  ])('does not know when Prometheus says %j', async (body, message) => {
    says(body);
    await expect(asker().ask(prometheus(), never)).rejects.toMatchObject({
      name: 'ProbeFailure',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    [{ app: {} }, 200, /nothing at \/app\/used/],
    [
      { app: { used: 'hunter2' } },
      200,
      /no moment, no number, and neither true nor false$/,
    ],
    [{ app: { used: '2026-13-45T99:00:00Z' } }, 200, /no moment/],
    [{ app: { used: [1] } }, 200, /no moment/],
    ['<html>hunter2', 200, /does not answer in JSON$/],
    [{ app: { used: 1 } }, 500, /500/],
    [{ app: { used: 1 } }, 404, /404/],
    [
      `{"app": {"used": 1}, "more": "${'x'.repeat(2000)}"}`,
      200,
      /larger than the 1 KB/,
    ],
  ])(
    'does not know when it is told %j with %s',
    async (body, status, message) => {
      says(body, status);
      const asking = asker({ maxKilobytes: 1 }).ask(http(`${allowed}/`), never);
      await expect(asking).rejects.toMatchObject({
        name: 'ProbeFailure',
        message: expect.stringMatching(message),
      });
      await expect(asking).rejects.not.toThrow(/hunter2/);
    },
  );

  it.each([
    ['says nothing', false],
    ['begins and says no more', true],
  ])('gives up on who %s', async (_who, begins) => {
    answer = (_request, response) => {
      if (begins) response.write('{"app":');
    };
    const patient = asker({ timeout: '1s' });
    await expect(patient.ask(http(`${allowed}/`), never)).rejects.toThrow(
      /has not answered within 1 s/,
    );
  });

  it('asks nobody whom the portal may not read, not even where it is sent there', async () => {
    says({ app: { used: 1 } });
    await expect(
      asker().ask(http(`${forbidden}/?secret=hunter2`), never),
    ).rejects.toThrow(/may not read there.*backend\.reading\.allow/);
    expect(asked).toEqual([]);
    answer = (_request, response) => {
      response.writeHead(302, { Location: `${forbidden}/there` });
      response.end();
    };
    await expect(asker().ask(http(`${allowed}/`), never)).rejects.toThrow(
      /may not read there, or where it leads/,
    );
    expect(asked).toHaveLength(1);
    await expect(
      asker().ask(http('file:///etc/passwd'), never),
    ).rejects.toThrow(/no web address/);
  });

  it('gives a host its headers, and nobody else, and follows no redirect with them', async () => {
    const hosts = [{ url: allowed, headers: { Authorization: TOKEN } }];
    says({ app: { used: 1 } });
    await asker({ hosts }).ask(http(`${allowed}/`), never);
    expect(asked).toEqual([{ url: '/', authorization: TOKEN }]);
    answer = (_request, response) => {
      response.writeHead(302, { Location: `${allowed}/there` });
      response.end();
    };
    await expect(
      asker({ hosts }).ask(http(`${allowed}/?a=hunter2`), never),
    ).rejects.toThrow(/does not answer/);
    expect(asked).toHaveLength(2);
  });

  it('ends with the process', async () => {
    const stopping = new AbortController();
    answer = () => stopping.abort();
    await expect(
      asker().ask(http(`${allowed}/`), stopping.signal),
    ).rejects.toThrow();
  });
});

describe('the settings of probes', () => {
  const read = (idle: object) =>
    readProbeSettings(new ConfigReader({ environments: { idle } }));

  it('are usual where nothing is said', () => {
    expect(readProbeSettings(new ConfigReader({}))).toEqual({
      timeoutMs: 10_000,
      maxBytes: 262_144,
      hosts: [],
    });
  });

  it.each([
    [{ timeout: '2m' }, /timeout is "2m"/],
    [{ maxKilobytes: 0 }, /maxKilobytes is 0/],
    [{ hosts: [{ url: 'prometheus' }] }, /hosts\[0\]\.url is no web address/],
    [{ host: [] }, /has a key "host"/],
    [
      { hosts: [{ url: 'https://a.b', headers: { Authorization: 'a\nb' } }] },
      /hosts\[0\]\.headers\.Authorization holds a line break/,
    ],
  ])('say what is wrong with %j', (idle, message) => {
    expect(() => read(idle)).toThrow(message);
  });
});
