import { Readable } from 'node:stream';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { isBelow, splitPackage } from '@greenroom/plugin-environments-common';
import { SnapshotFile } from '../types';
import { ArchiveKind, readArchive } from './archive';
import { GitPackages } from './gitPackages';
import { missing, refused, unreadable } from './problems';
import { ModuleLocation, Registries, RegistryAddress } from './registries';
import { RegistryHost, shownUrl } from './registryHost';
import { repositoryUrl } from './repositoryUrl';

/** Without a user: what stands in the address is told to people. */
const GIT = /^git::(https?:\/\/[^/?@]+\/[^?]+)(?:\?ref=([^&]+)(?:&.*)?)?$/;

/** Fetches what a registry says that a version of a module is. */
export class RegistryPackages {
  constructor(
    private readonly options: {
      registries: Registries;
      git: GitPackages;
      integrations: ScmIntegrationRegistry;
      urlReader: UrlReaderService;
      workDirectory: string;
    },
  ) {}

  /** @throws InputProblemError */
  async read(
    address: RegistryAddress & { version: string },
    signal: AbortSignal,
  ): Promise<SnapshotFile[]> {
    const { registries, git, integrations } = this.options;
    const found = await registries.locationOf(address, signal);
    const { location } = found;
    const [whole, folder] = splitPackage(location);
    const [, repository, ref] = GIT.exec(whole) ?? [];
    let files: SnapshotFile[];
    if (repository && ref) {
      const url = repositoryUrl({ repository, ref }, integrations);
      // Nothing is known, so there is an answer.
      files = (await git.read(url, { signal }))!.files;
    } else {
      files = await this.#archive({ ...found, location: whole }, signal);
    }
    const within = filesIn(files, folder);
    if (within.length > 0) return within;
    throw missing(
      `The registry says that "${address.module}" is at ${shownLocation(location)}, where nothing is`,
      'Tell those who publish it.',
    );
  }

  async #archive(
    { location, base, host }: ModuleLocation,
    signal: AbortSignal,
  ): Promise<SnapshotFile[]> {
    const { workDirectory } = this.options;
    const at = archiveAt(location, base);
    if (!at) {
      throw refused(
        `The registry ${base.host} gives out its modules from ${shownLocation(location)}, which is not read`,
        'Only Git over https at a ref, and archives (.tar.gz, .zip) over https are, without a user in the address. Copy the module beside the blueprint.',
      );
    }
    const { url, kind } = at;
    // The registry's own host is allowed with it; all others are by the rules for reading.
    const body = host.owns(url)
      ? await this.#own(url, host, signal)
      : await this.#foreign(url, host, signal);
    return readArchive(shownUrl(url), body, { kind, workDirectory });
  }

  async #own(
    url: URL,
    host: RegistryHost,
    signal: AbortSignal,
  ): Promise<Readable> {
    const response = await host.get(url, signal);
    if (response?.body) return Readable.from(response.body);
    throw missing(
      `The registry ${url.host} has nothing at ${url.pathname}, where it says that a module is`,
      'Tell those who publish it.',
    );
  }

  async #foreign(
    url: URL,
    host: RegistryHost,
    signal: AbortSignal,
  ): Promise<Readable> {
    const { urlReader } = this.options;
    try {
      const response = await urlReader.readUrl(url.href, { signal });
      return response.stream?.() ?? Readable.from(await response.buffer());
    } catch (error) {
      if (isError(error) && error.name === 'NotAllowedError') {
        throw refused(
          `This portal may not read ${shownUrl(url)}, where the registry ${host.url.host} keeps its modules`,
          'Have its operators add the host to backend.reading.allow.',
        );
      }
      // The error of a reader tells the address, which may hold a signature.
      throw unreadable(shownUrl(url), reasonOf(error).replaceAll(url.href, ''));
    }
  }
}

function reasonOf(error: unknown): string {
  return isError(error) ? error.message : String(error);
}

/** Where to read an archive, and of which kind it is; undefined for what is none. */
function archiveAt(
  location: string,
  base: URL,
): { url: URL; kind: ArchiveKind } | undefined {
  const isAddress = /^(https?:)?\/\/|^\.{0,2}\//.test(location);
  const url =
    isAddress && URL.canParse(location, base) && new URL(location, base);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  // `fetch` takes no such address, and would tell it in its error.
  if (url.username || url.password) return undefined;
  const name = url.searchParams.get('archive') ?? url.pathname;
  const [, ending] = /(?:^|\.)(tar\.gz|tgz|zip)$/.exec(name) ?? [];
  return ending ? { url, kind: ending === 'zip' ? 'zip' : 'tar' } : undefined;
}

/** An address as in a module's `source`, without its query and its user: some give tokens there. */
function shownLocation(location: string): string {
  return location.replace(/\?.*$/, '').replace(/\/\/[^/@]*@/, '//');
}

/** Files below a folder, as from there. `*` is the only top folder, as archives of Git hosts have one. */
function filesIn(files: SnapshotFile[], folder: string): SnapshotFile[] {
  const [first, ...rest] = folder.split('/').filter(Boolean);
  const top = first === '*' ? (files[0]?.path.split('/')[0] ?? '') : first;
  const within = [top, ...rest].filter(Boolean).join('/');
  if (within === '') return files;
  return files
    .filter(({ path }) => isBelow(path, within))
    .map(file => ({ ...file, path: file.path.slice(within.length + 1) }));
}
