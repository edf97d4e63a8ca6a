import { spawn } from 'node:child_process';
import { IncomingMessage, ServerResponse } from 'node:http';
import { LocalServer } from './localServer';

/** Serves repositories over HTTP, as Git's own program for that does, to whoever has the account. */
export async function serveGit(
  folder: string,
  account: { username: string; password: string },
): Promise<LocalServer> {
  const { username, password } = account;
  const pair = Buffer.from(`${username}:${password}`).toString('base64');
  return LocalServer.open((request, response) => {
    if (request.headers.authorization === `Basic ${pair}`)
      serve(folder, request, response);
    else
      response
        .writeHead(401, { 'www-authenticate': 'Basic realm="Git"' })
        .end('who are you?\n');
  });
}

function serve(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
  const header = (name: string) => `${request.headers[name] ?? ''}`;
  const program = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      // The repositories may be those of another account of the machine.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: pathname,
      QUERY_STRING: searchParams.toString(),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: header('content-type'),
      CONTENT_LENGTH: header('content-length'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
    },
  });
  request.pipe(program.stdin).on('error', () => {});
  program.stderr.resume();
  let head = Buffer.alloc(0);
  program.stdout.on('data', (part: Buffer) => {
    if (response.headersSent) {
      response.write(part);
      return;
    }
    head = Buffer.concat([head, part]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    writeHead(response, head.subarray(0, end).toString());
    response.write(head.subarray(end + 4));
  });
  program.stdout.once('end', () => response.end());
}

/** A CGI program says its status among its headers. */
function writeHead(response: ServerResponse, text: string): void {
  const headers = text.split('\r\n').map(line => {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    return [name, value] as const;
  });
  const status = headers.find(([name]) => name === 'Status')?.[1];
  response.writeHead(
    status ? Number.parseInt(status, 10) : 200,
    Object.fromEntries(headers.filter(([name]) => name !== 'Status')),
  );
}
