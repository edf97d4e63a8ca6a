import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** A small HTTP server on this machine that remembers what it was asked for. */
export class TestServer {
  /** Paths, with their queries. */
  readonly asked: string[] = [];
  /** What came as `Authorization` with each, `-` for nothing. */
  readonly authorizations: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(answer: RequestListener): Promise<TestServer> {
    const server = createServer();
    const started = new TestServer(server);
    server.on('request', (request, response) => {
      started.asked.push(request.url!);
      started.authorizations.push(request.headers.authorization ?? '-');
      answer(request, response);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return started;
  }

  /** `127.0.0.1:PORT` */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }
}
