import { ServerResponse } from 'node:http';
import {
  anApplication,
  Arrived,
  json,
  refuse,
  serve,
} from './__testUtils__/server';
import { standingClock } from './__testUtils__/standingClock';
import { Transport } from './transport';
import { watch } from './watch';

type Application = ReturnType<typeof anApplication>;

describe('watch', () => {
  const closing: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    jest.useRealTimers();
    for (const one of closing.splice(0)) await one.close();
  });

  const one = (version: string, name = 'shop') =>
    anApplication(name, { uid: name, resourceVersion: version });
  const line = (type: string, application: Application) =>
    `${JSON.stringify({ result: { type, application } })}\n`;

  /** Follows what is told of, with the list as `list` says and each stream as `stream` does. */
  async function follow(
    list: (request: Arrived, response: ServerResponse) => void,
    stream: (response: ServerResponse, nth: number) => void,
    silenceMs = 20_000,
  ) {
    let streams = 0;
    const server = await serve((request, response) => {
      if (!request.url.startsWith('/api/v1/stream/'))
        return list(request, response);
      streams += 1;
      response.flushHeaders();
      return stream(response, streams);
    });
    const transport = new Transport(server.config, [1]);
    closing.push(transport, server);
    const controller = new AbortController();
    const events = watch(transport, { project: 'default' }, controller.signal, {
      silenceMs,
      pauseMs: 1,
    });
    const next = async () => {
      const { value, done } = await events.next();
      return done
        ? 'end'
        : `${value.type} ${value.application.metadata.name} ${value.application.metadata.resourceVersion}`;
    };
    return { next, controller, arrived: server.arrived };
  }
  const listing =
    (...lists: Application[][]) =>
    (_: Arrived, response: ServerResponse) => {
      const items = lists.length > 1 ? lists.shift()! : lists[0];
      json(response, 200, { items: items.length > 0 ? items : null });
    };

  it('tells of what is there, then of each change, and of nothing twice', async () => {
    const { next } = await follow(listing([one('1')]), response => {
      response.write(line('ADDED', one('1')) + line('MODIFIED', one('2')));
      response.write(line('DELETED', one('2')) + line('ADDED', one('3', 'b')));
    });
    expect(await next()).toBe('ADDED shop 1');
    expect(await next()).toBe('MODIFIED shop 2');
    expect(await next()).toBe('DELETED shop 2');
    expect(await next()).toBe('ADDED b 3');
  });

  it('goes on where a stream broke off, and finds what it lost', async () => {
    const { next } = await follow(
      listing([one('1'), one('5', 'b')], [one('2')]),
      (response, nth) => {
        if (nth === 1) response.destroy();
        else response.write(line('MODIFIED', one('3')));
      },
    );
    expect(await next()).toBe('ADDED shop 1');
    expect(await next()).toBe('ADDED b 5');
    expect(await next()).toBe('DELETED b 5');
    expect(await next()).toBe('MODIFIED shop 2');
    expect(await next()).toBe('MODIFIED shop 3');
  });

  it('asks by itself where a stream keeps silent', async () => {
    standingClock();
    const { next, arrived } = await follow(
      listing([], [one('1'), one('2', 'b')]),
      response => response.write(line('ADDED', one('2', 'b'))),
      10_000,
    );
    expect(await next()).toBe('ADDED b 2');
    const looked = next();
    jest.advanceTimersByTime(10_000);
    expect(await looked).toBe('ADDED shop 1');
    expect(arrived.map(({ url }) => url.split('?')[0]).slice(0, 3)).toEqual([
      '/api/v1/applications',
      '/api/v1/stream/applications',
      '/api/v1/applications',
    ]);
  });

  it('ends without an error when it is told to', async () => {
    const { next, controller } = await follow(listing([one('1')]), () => {});
    expect(await next()).toBe('ADDED shop 1');
    const last = next();
    controller.abort();
    expect(await last).toBe('end');
  });

  it('throws what no patience mends', async () => {
    const { next } = await follow(
      (_, response) => refuse(response, 401, 16, 'token has expired'),
      () => {},
    );
    await expect(next()).rejects.toMatchObject({ code: 'argocd.unauthorized' });
  });

  it('gives up when nothing can be had three times in a row', async () => {
    const { next } = await follow(
      (_, response) => refuse(response, 500, 2, 'redis is down'),
      () => {},
    );
    await expect(next()).rejects.toMatchObject({ code: 'argocd.failed' });
  });
});
