import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/** A way to a server that can be shut, as when the server or the network goes away. */
export class Gate {
  readonly #sockets = new Set<Socket>();
  #isShut = false;

  static async before(url: string): Promise<Gate> {
    const { port } = new URL(url);
    const gate: Gate = new Gate(
      url,
      createServer(socket => gate.#pass(socket, Number(port))),
    );
    await new Promise<void>(resolve => {
      gate.server.listen(0, 'localhost', resolve);
    });
    return gate;
  }

  private constructor(
    private readonly to: string,
    private readonly server: Server,
  ) {}

  get url(): string {
    const url = new URL(this.to);
    url.hostname = 'localhost';
    url.port = `${(this.server.address() as AddressInfo).port}`;
    return url.origin;
  }

  shut(): void {
    this.#isShut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  open(): void {
    this.#isShut = false;
  }

  async close(): Promise<void> {
    this.shut();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  #pass(socket: Socket, port: number): void {
    if (this.#isShut) {
      socket.destroy();
      return;
    }
    const { hostname } = new URL(this.to);
    const other = connect(port, hostname);
    for (const [one, end] of [
      [socket, other],
      [other, socket],
    ]) {
      this.#sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        this.#sockets.delete(one);
        end.destroy();
      });
      one.pipe(end);
    }
  }
}
