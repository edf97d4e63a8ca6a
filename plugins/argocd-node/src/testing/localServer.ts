import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** A server of this machine alone, on a port that was free. */
export class LocalServer {
  static async open(listener: RequestListener): Promise<LocalServer> {
    const server = createServer(listener);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new LocalServer(server);
  }

  private constructor(private readonly server: Server) {}

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Ends what is under way, too. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }
}
