import { ScmIntegrationRegistry } from '@backstage/integration';
import { refused } from './problems';

/** How each kind of host shows a repository at a ref: the form that its reader understands. */
const TREES: Record<string, (repository: string, ref: string) => string> = {
  github: (repository, ref) => `${repository}/tree/${ref}`,
  gitlab: (repository, ref) => `${repository}/-/tree/${ref}`,
  gitea: (repository, ref) => `${repository}/src/branch/${ref}`,
  bitbucketCloud: (repository, ref) => `${repository}/src/${ref}`,
};

/** What a ref may be: no `/`, which would read as the beginning of a path. */
const REF = /^[\w.+-]+$/;

/**
 * The address of a whole repository at a ref, as its host shows it.
 *
 * @throws InputProblemError when no integration reads that host, or not in this form
 */
export function repositoryUrl(
  { repository, ref }: { repository: string; ref: string },
  integrations: ScmIntegrationRegistry,
): string {
  if (!REF.test(ref) || /^\.+$/.test(ref)) {
    throw refused(
      `The ref "${ref}" of ${repository} can't be asked for`,
      'Name a tag or a branch without a slash, or a commit.',
    );
  }
  const type = integrations.byUrl(repository)?.type;
  if (!type) {
    throw refused(
      `${repository} may not be read: no integration is configured for its host`,
      'Have the operators of this portal add it to integrations, or take the module from another place.',
    );
  }
  if (!Object.hasOwn(TREES, type)) {
    throw refused(
      `${repository} is at a host of the kind ${type}, which modules can't be fetched from`,
      'Copy the module beside the blueprint.',
    );
  }
  return TREES[type](repository.replace(/(\.git)?\/*$/, ''), ref);
}
