import { Application, Source, sourcesOf, Spec } from './application';
import { Manifest, tracked } from './manifest';
import { render, SourceType } from './render';
import { Repositories } from './repositories';

/** What Git says an application is to be, at the commits that its sources stand for. */
export interface Target {
  commits: string[];
  /** Empty for one that has no manifests. */
  types: (SourceType | '')[];
  manifests: Manifest[];
}

/** A source, at its commit. */
interface Fetched {
  source: Source;
  commit: string;
  tree: string;
}

/** Renders all sources of an application; a later one replaces what an earlier one names, too. */
export async function renderTarget(
  repositories: Repositories,
  {
    metadata: { name },
    spec,
  }: Pick<Application, 'spec'> & {
    metadata: { name: string };
  },
  /** Instead of those of its specification. */
  at: { sources?: Source[]; revision?: string } = {},
): Promise<Target> {
  const sources = at.sources ?? sourcesOf(spec);
  const namespace = spec.destination.namespace ?? 'default';
  const fetched: Fetched[] = [];
  // Git takes one at a time for one repository.
  for (const source of sources)
    fetched.push(await fetchSource(repositories, source, at.revision));
  const refs = Object.fromEntries(
    fetched.map(({ source, tree }) => [source.ref, tree]),
  );
  const rendered = await Promise.all(
    fetched.map(async ({ source, tree }) =>
      // It holds values for other sources, and no manifests.
      source.ref && source.path === undefined
        ? { type: '' as const, manifests: [] }
        : render({ source, tree, name, namespace, refs }),
    ),
  );
  return {
    commits: fetched.map(({ commit }) => commit),
    types: rendered.map(({ type }) => type),
    manifests: rendered
      .flatMap(({ manifests }) => manifests)
      .map(manifest => tracked(manifest, name, namespace)),
  };
}

async function fetchSource(
  repositories: Repositories,
  source: Source,
  revision: string | undefined,
): Promise<Fetched> {
  const { repoURL, chart, targetRevision = 'HEAD' } = source;
  if (chart)
    throw new Error(
      `this stand-in reads no registries of charts, so not "${chart}"`,
    );
  const commit = await repositories.resolve(
    repoURL,
    revision || targetRevision,
  );
  const tree = await repositories.checkout(repoURL, commit);
  return { source, commit, tree };
}

/** How an answer tells of commits: one by one where the specification has several sources. */
export function revisionsOf(spec: Spec, commits: string[]) {
  return spec.sources?.length
    ? { revision: '', revisions: commits }
    : { revision: commits[0] ?? '' };
}
