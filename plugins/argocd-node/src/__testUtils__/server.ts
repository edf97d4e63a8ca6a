import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { ArgocdInstanceConfig } from '../config';

/** What one request of the client looked like when it arrived. */
export interface Arrived {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Answer = (
  request: Arrived,
  response: ServerResponse,
) => void | Promise<void>;

export interface TestServer {
  config: ArgocdInstanceConfig;
  arrived: Arrived[];
  close(): Promise<void>;
}

/** A server on this machine that answers as it is told, for what no real Argo CD does on demand. */
export async function serve(
  answer: Answer,
  {
    port: wanted = 0,
    tls,
  }: { port?: number; tls?: { key: string; cert: string } } = {},
): Promise<TestServer> {
  const arrived: Arrived[] = [];
  const listener = async (
    incoming: IncomingMessage,
    response: ServerResponse,
  ) => {
    let body = '';
    for await (const part of incoming) body += part;
    const { method = '', url = '', headers } = incoming;
    const request = { method, url, headers, body };
    arrived.push(request);
    await answer(request, response);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>(resolve => {
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    arrived,
    config: {
      name: 'test',
      url: `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}`,
      credentials: { token: 'the-token' },
      timeoutMs: 20_000,
      requestsPerSecond: 1000,
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

export function json(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** A refusal in Argo CD's own form. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: number,
  message: string,
) {
  json(response, status, { error: message, code, message });
}

/** The least of an application that Argo CD would send. */
export function anApplication(
  name: string,
  more: { resourceVersion?: string; uid?: string; status?: object } = {},
) {
  const { status = {}, ...metadata } = more;
  return {
    metadata: { name, namespace: 'argocd', ...metadata },
    spec: { project: 'default', destination: {} },
    status,
  };
}
