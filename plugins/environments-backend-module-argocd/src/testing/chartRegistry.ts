import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { LocalServer } from '@greenroom/plugin-argocd-node/testing';
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
    const server = await LocalServer.open((request, response) => {
      readFile(join(folder, new URL(request.url!, 'http://x').pathname)).then(
        content => response.end(content),
        () => response.writeHead(404).end(),
      );
    });
    return new ChartRegistry(folder, server);
  }

  private constructor(
    private readonly folder: string,
    private readonly server: LocalServer,
  ) {}

  get url(): string {
    return this.server.url;
  }

  async close(): Promise<void> {
    await this.server.close();
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
