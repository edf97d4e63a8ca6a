import { Readable } from 'node:stream';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { isBelow, splitPackage } from '@greenroom/plugin-environments-common';
import { SnapshotFile } from '../types';
import { readArchive } from './archive';
import { GitPackages } from './gitPackages';
import { missing, refused, unreadable } from './problems';
import { Registries, RegistryAddress } from './registries';
import { repositoryUrl } from './repositoryUrl';

const GIT = /^git::(https?:\/\/[^?]+)(?:\?ref=([^&]+)(?:&.*)?)?$/;

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
    const { location, base } = await registries.locationOf(address, signal);
    const [whole, folder] = splitPackage(location);
    const [, repository, ref] = GIT.exec(whole) ?? [];
    let files: SnapshotFile[];
    if (repository && ref) {
      const url = repositoryUrl({ repository, ref }, integrations);
      // Nothing is known, so there is an answer.
      files = (await git.read(url, { signal }))!.files;
    } else {
      files = await this.#archive(whole, base, signal);
    }
    const found = filesIn(files, folder);
    if (found.length > 0) return found;
    throw missing(
      `The registry says that "${address.module}" is at ${location}, where nothing is`,
      'Tell those who publish it.',
    );
  }

  async #archive(
    location: string,
    base: URL,
    signal: AbortSignal,
  ): Promise<SnapshotFile[]> {
    const url = archiveUrl(location, base);
    if (!url) {
      throw refused(
        `The registry ${base.host} gives out its modules from ${location}, which is not read`,
        'Only Git over https at a ref, and archives (.tar.gz) over https are. Copy the module beside the blueprint.',
      );
    }
    try {
      // The registry's own host is allowed with it; all others are by the rules for reading.
      const body =
        url.origin === base.origin
          ? await fetched(url, signal)
          : await this.#read(url, signal);
      return await readArchive(url.href, body, this.options.workDirectory);
    } catch (error) {
      if (isError(error) && error.name === 'NotAllowedError') {
        throw refused(
          `This portal may not read ${url.href}, where the registry ${base.host} keeps its modules`,
          'Have its operators add the host to backend.reading.allow.',
        );
      }
      throw error;
    }
  }

  async #read(url: URL, signal: AbortSignal): Promise<Readable> {
    const { urlReader } = this.options;
    const response = await urlReader.readUrl(url.href, { signal });
    return response.stream?.() ?? Readable.from(await response.buffer());
  }
}

function archiveUrl(location: string, base: URL): URL | undefined {
  const isAddress = /^(https?:)?\/\/|^\.{0,2}\//.test(location);
  const url =
    isAddress && URL.canParse(location, base) && new URL(location, base);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const kind = url.searchParams.get('archive') ?? url.pathname;
  return /(^|\.)(tar\.gz|tgz)$/.test(kind) ? url : undefined;
}

async function fetched(url: URL, signal: AbortSignal): Promise<Readable> {
  try {
    const response = await fetch(url, { redirect: 'error', signal });
    if (!response.ok || !response.body) {
      throw new Error(`${response.status} ${response.statusText}`);
    }
    return Readable.from(response.body);
  } catch (error) {
    throw unreadable(url.href, error);
  }
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
