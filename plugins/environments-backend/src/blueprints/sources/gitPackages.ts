import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { isIgnored } from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../../errors';
import { FileBudget } from '../fileBudget';
import { SnapshotFile } from '../types';
import { readBelow } from './folderFiles';
import { missing, refused, unreadable } from './problems';

const REMEDY =
  'See whether repository, ref and folder are right, and whether this portal may read them (integrations).';

export interface FetchedPackage {
  files: SnapshotFile[];
  resolved: string;
}

/** Folders at Git hosts, read by the integrations' credentials and allow-lists. */
export class GitPackages {
  constructor(
    private readonly options: {
      urlReader: UrlReaderService;
      workDirectory: string;
    },
  ) {}

  /**
   * @param known the commit that is at hand; when it still is what the ref means, nothing is read
   * @returns undefined when it is
   * @throws InputProblemError
   */
  async read(
    url: string,
    { known, signal }: { known?: string; signal: AbortSignal },
  ): Promise<FetchedPackage | undefined> {
    const { urlReader, workDirectory } = this.options;
    await mkdir(workDirectory, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(workDirectory, 'source-'));
    const budget = new FileBudget();
    try {
      const tree = await urlReader.readTree(url, {
        etag: known,
        filter: (path, info) =>
          !isIgnored(path) && budget.reserve(info?.size ?? 0),
        signal,
      });
      await tree.dir({ targetDir: folder });
      budget.check();
      await readBelow(folder, '', budget);
      if (budget.files.length === 0) {
        throw missing(`There are no files at ${url}`, REMEDY);
      }
      return { files: budget.files, resolved: tree.etag };
    } catch (error) {
      if (isError(error) && error.name === 'NotModifiedError') return undefined;
      throw asProblem(url, error);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function asProblem(url: string, error: unknown): InputProblemError {
  if (error instanceof InputProblemError) return error;
  if (isError(error) && error.name === 'NotFoundError') {
    return missing(`There is nothing at ${url}`, REMEDY);
  }
  if (isError(error) && error.name === 'NotAllowedError') {
    return refused(
      `This portal may not read ${url}`,
      'Have its operators add an integration for the host, or put the source elsewhere.',
    );
  }
  return unreadable(url, error);
}
