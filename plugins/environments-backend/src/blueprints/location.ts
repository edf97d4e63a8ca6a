import { UrlReaderService } from '@backstage/backend-plugin-api';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { InputProblemError } from '../errors';
import { FileLocation } from './fileLocation';
import { BlueprintLocation } from './types';
import { UrlLocation } from './urlLocation';

export interface LocationOptions {
  /** Folders that `file:` locations may be read from. */
  fileRoots: string[];
  urlReader: UrlReaderService;
  integrations: ScmIntegrationRegistry;
}

/** @param location as the catalog annotates it: `file:/path` or `url:https://…` */
export function openLocation(
  location: string,
  options: LocationOptions,
): BlueprintLocation {
  const [, type, target] = /^([a-z]+):(.*)$/.exec(location) ?? [];
  if (type === 'file') return new FileLocation(target, options.fileRoots);
  if (type === 'url') return new UrlLocation(target, options);
  throw new InputProblemError({
    code: 'blueprint.location.unsupported',
    message: `Blueprints cannot be read from the location "${location}".`,
    remedy: 'Register the blueprint by a url, or by a file in development.',
  });
}
