import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chartIn } from './charts';

const run = promisify(execFile);
const NAME = 'web';

/** A registry with releases of one chart, "web", as Helm reads one. */
export class ChartRegistry {
  static async open(versions: string[]): Promise<ChartRegistry> {
    const folder = await mkdtemp(join(tmpdir(), 'chart-registry-'));
    for (const version of versions) await pack(folder, version);
    const releases = versions.map(version => ({
      apiVersion: 'v2',
      name: NAME,
      version,
      urls: [`${NAME}-${version}.tgz`],
    }));
    await writeFile(
      join(folder, 'index.yaml'),
      JSON.stringify({ apiVersion: 'v1', entries: { [NAME]: releases } }),
    );
    const server = createServer((request, response) => {
      readFile(join(folder, new URL(request.url!, 'http://x').pathname)).then(
        content => response.end(content),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new ChartRegistry(folder, server);
  }

  private constructor(
    private readonly folder: string,
    private readonly server: Server,
  ) {}

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
    await rm(this.folder, { recursive: true });
  }
}

async function pack(folder: string, version: string): Promise<void> {
  const files = chartIn(NAME, version);
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await run('tar', ['-czf', `${NAME}-${version}.tgz`, NAME], { cwd: folder });
}
