import { once } from 'node:events';
import { Server } from 'node:http';
import { Http2Server } from 'node:http2';
import { AddressInfo, createServer, Socket } from 'node:net';

/** What every connection by HTTP/2 begins with. */
const HTTP2 = Buffer.from('PRI');

/**
 * Listens on this machine alone, for both protocols at one port, as Argo CD does.
 *
 * @param port - a free one when absent
 */
export async function listen(
  { http1, http2 }: { http1: Server; http2: Http2Server },
  port = 0,
): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Who leaves is no concern of anybody else.
    socket.on('error', () => socket.destroy());
    onFirstBytes(socket, bytes => {
      const chosen = bytes.equals(HTTP2) ? http2 : http1;
      chosen.emit('connection', socket);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Looks at them and leaves them where they are. */
function onFirstBytes(socket: Socket, choose: (bytes: Buffer) => void): void {
  let seen = Buffer.alloc(0);
  const look = () => {
    seen = Buffer.concat([seen, socket.read() ?? Buffer.alloc(0)]);
    if (seen.length < HTTP2.length) return;
    socket.off('readable', look);
    socket.unshift(seen);
    choose(seen.subarray(0, HTTP2.length));
  };
  socket.on('readable', look);
}
