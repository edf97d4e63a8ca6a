import { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  BlueprintDocument,
  isIgnored,
  sourceRoots,
} from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../errors';
import { FileBudget, unreadable } from './fileBudget';
import { BlueprintLocation, SnapshotFile } from './types';

/** A blueprint at a Git host, read by the integrations' credentials and allow-lists. */
export class UrlLocation implements BlueprintLocation {
  constructor(
    private readonly url: string,
    private readonly options: {
      urlReader: UrlReaderService;
      integrations: ScmIntegrationRegistry;
    },
  ) {}

  async readText(): Promise<string> {
    try {
      const response = await this.options.urlReader.readUrl(this.url);
      return (await response.buffer()).toString('utf8');
    } catch (error) {
      throw unreadable(this.url, error);
    }
  }

  async readFiles(document: BlueprintDocument): Promise<SnapshotFile[]> {
    const { urlReader, integrations } = this.options;
    const budget = new FileBudget();
    for (const root of sourceRoots(document)) {
      const url = integrations.resolveUrl({
        url: `./${root}`,
        base: this.url,
      });
      try {
        const tree = await urlReader.readTree(url, {
          filter: path => !isIgnored(path),
        });
        for (const file of await tree.files()) {
          const path = root ? `${root}/${file.path}` : file.path;
          if (isIgnored(path)) continue;
          budget.spend(path, await file.content());
        }
      } catch (error) {
        if (isError(error) && error.name === 'NotFoundError') continue;
        if (error instanceof InputProblemError) throw error;
        throw unreadable(url, error);
      }
    }
    return budget.files;
  }
}
