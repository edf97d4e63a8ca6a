import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { TestServer } from './server';

const MODULE =
  /^\/v1\/modules\/([^/]+\/[^/]+\/[^/]+)\/(?:versions|([^/]+)\/download)$/;

/** A registry of Terraform modules, by its published protocol. It gives each as an archive, or says where it is. */
export class ModuleRegistry {
  /** By module, then by version. */
  readonly #locations = new Map<string, Map<string, string>>();
  readonly #archives = new Map<string, Buffer>();
  /** What service discovery says. */
  modules = '/v1/modules/';
  /** Without it nobody is let in, if there is one. */
  token?: string;
  /** Where every request is led to instead of being answered. */
  elsewhere?: string;
  server!: TestServer;

  static async start(): Promise<ModuleRegistry> {
    const registry = new ModuleRegistry();
    registry.server = await TestServer.start((request, response) =>
      registry.#answer(request, response),
    );
    return registry;
  }

  get url(): string {
    return `http://${this.server.host}`;
  }

  /** @param location as the registry gives it in `X-Terraform-Get` */
  refer(module: string, version: string, location: string): void {
    const versions = this.#locations.get(module) ?? new Map();
    this.#locations.set(module, versions.set(version, location));
  }

  /** @returns the path that the archive is served at */
  publish(
    module: string,
    version: string,
    files: Record<string, string>,
  ): string {
    return this.publishArchive(module, version, archiveOf(files));
  }

  publishArchive(
    module: string,
    version: string,
    archive: Buffer,
    ending = 'tar.gz',
  ): string {
    const path = `/archives/${module}/${version}.${ending}`;
    this.#archives.set(path, archive);
    this.refer(module, version, path);
    return path;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { url, headers } = request;
    if (this.token && headers.authorization !== `Bearer ${this.token}`) {
      response.writeHead(401).end();
      return;
    }
    if (this.elsewhere) {
      response.writeHead(302, { Location: this.elsewhere }).end();
      return;
    }
    if (url === '/.well-known/terraform.json') {
      response.end(JSON.stringify({ 'modules.v1': this.modules }));
      return;
    }
    const archive = this.#archives.get(url!);
    const [, module, version] = MODULE.exec(url!) ?? [];
    const versions = this.#locations.get(module);
    const location = versions?.get(version);
    if (archive) {
      response.end(archive);
    } else if (location) {
      response.writeHead(204, { 'X-Terraform-Get': location }).end();
    } else if (versions && !version) {
      const known = [...versions.keys()].map(each => ({ version: each }));
      response.end(JSON.stringify({ modules: [{ versions: known }] }));
    } else {
      response.writeHead(404).end();
    }
  }
}

function archiveOf(files: Record<string, string>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'module-archive-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return create(
      { cwd: folder, gzip: true, sync: true },
      Object.keys(files),
    ).read()!;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
