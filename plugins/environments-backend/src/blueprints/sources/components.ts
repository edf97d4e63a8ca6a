import {
  BlueprintDocument,
  componentGraph,
  isBelow,
  ParsedBlueprint,
  Problem,
} from '@greenroom/plugin-environments-common';
import { Knex } from 'knex';
import { problemsOf } from '../../errors';
import { packageFolder, packageOf, sourcePath } from '../snapshot';
import { SnapshotStore } from '../store/snapshots';
import { SnapshotEntry } from '../types';
import { SourcePackages } from './packages';
import { missing } from './problems';

/** What a document's sources are that do not lie beside it. */
export interface FetchedSources {
  entries: SnapshotEntry[];
  /** By component. */
  resolved: Record<string, string>;
  problems: Problem[];
}

/**
 * Fetches the sources of a document's components, each package once. What can't be had is a
 * problem where the source is named.
 *
 * @param ask ask their hosts, however short ago that was
 */
export async function fetchSources(
  document: BlueprintDocument,
  { placeOf }: Pick<ParsedBlueprint, 'placeOf'>,
  options: {
    knex: Knex;
    snapshots: SnapshotStore;
    packages: Pick<SourcePackages, 'find'>;
    ask: boolean;
  },
): Promise<FetchedSources> {
  const { knex, snapshots, packages, ask } = options;
  const folders = new Map<string, SnapshotEntry[]>();
  const resolved: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const { id, source } of componentGraph(document)) {
    const address = packageOf(source);
    if (!address) continue;
    const folder = packageFolder(address);
    try {
      const found = await packages.find(address, { ask });
      const entries = await snapshots.entries(knex, found.snapshotDigest);
      resolved[id] = found.resolved;
      const files = entries.map(entry => ({
        ...entry,
        path: `${folder}/${entry.path}`,
      }));
      folders.set(folder, files);
      if (!files.some(({ path }) => isBelow(path, sourcePath(source)))) {
        throw missing(
          `There are no files in the folder that "${source}" names behind the "//"`,
          'Mend the folder.',
        );
      }
    } catch (error) {
      const found = problemsOf(error);
      if (!found) throw error;
      const place = placeOf(['spec', 'components', id, 'source']);
      const path = (problem: Problem) =>
        problem.place?.file ? { detail: `In ${problem.place.file}` } : {};
      problems.push(
        ...found.map(problem => ({
          ...path(problem),
          ...problem,
          place,
          component: id,
        })),
      );
    }
  }
  return { entries: [...folders.values()].flat(), resolved, problems };
}
