import {
  BlueprintDocument,
  isBelow,
  isIgnored,
  JsonValue,
  sourcePath,
  sourceRoots,
} from '@greenroom/plugin-environments-common';
import { compareText, digestOf, sha256 } from '../digest';
import { Snapshot, SnapshotFile } from './types';

/** The files that belong to a document, out of all beside it. */
export function ownFiles(
  document: BlueprintDocument,
  files: SnapshotFile[],
): SnapshotFile[] {
  const roots = sourceRoots(document);
  return files.filter(
    ({ path }) =>
      !isIgnored(path) &&
      roots.some(root => root === '' || isBelow(path, root)),
  );
}

/** A tree addressed by its content: the same files give the same digest, in whichever order. */
export function makeSnapshot(files: SnapshotFile[]): Snapshot {
  const addressed = files
    .map(file => ({ ...file, blobDigest: sha256(file.content) }))
    .sort((a, b) => compareText(a.path, b.path));
  return {
    digest: sha256(
      addressed
        .map(({ path, blobDigest }) => `${blobDigest} ${path}\n`)
        .join(''),
    ),
    size: addressed.reduce((sum, { content }) => sum + content.length, 0),
    files: addressed,
  };
}

/**
 * Over the files that one component is made of: its whole top folder, as in {@link sourceRoots}.
 *
 * @param listing digests of contents by path
 */
export function sourceDigest(
  listing: Map<string, string>,
  source: string,
): string {
  const root = sourcePath(source).split('/')[0];
  const files = [...listing].filter(([path]) => isBelow(path, root));
  return digestOf([sourcePath(source), ...files.sort(byPath)]);
}

/**
 * Over everything that decides what an environment becomes: the recipe and its files. Words for
 * readers (description, tags, …) and the order of keys may change under a published version.
 */
export function versionDigest(
  document: BlueprintDocument,
  snapshotDigest: string,
): string {
  const { apiVersion, metadata, spec } = document;
  const recipe = { apiVersion, name: metadata.name, spec, snapshotDigest };
  return digestOf(recipe as unknown as JsonValue);
}

function byPath([a]: [string, string], [b]: [string, string]): number {
  return compareText(a, b);
}
