import {
  BlueprintDocument,
  isBelow,
  isIgnored,
  JsonValue,
  Problem,
  readSource,
  snapshotProblems,
  sourceRoots,
} from '@greenroom/plugin-environments-common';
import { compareText, digestOf, sha256 } from '../digest';
import { PackageAddress, Snapshot, SnapshotEntry, SnapshotFile } from './types';

/** Where components whose source is fetched lie in a snapshot. */
const FETCHED = '.greenroom-sources';

/** What a source is fetched as; undefined for a folder beside the document. */
export function packageOf(source: string): PackageAddress | undefined {
  const read = readSource(source);
  if ('code' in read || read.kind === 'folder') return undefined;
  if (read.kind === 'git') return { kind: 'tree', url: read.url };
  const { host, module, version } = read;
  return { kind: 'registry', host, module, version };
}

/** Where a fetched package lies in a snapshot: components that take the same share it. */
export function packageFolder(address: PackageAddress): string {
  return `${FETCHED}/${sha256(JSON.stringify(address)).slice(0, 16)}`;
}

/** `./site/` as `site`, the folder of the document as `''`; fetched ones lie in a folder of their own. */
export function sourcePath(source: string): string {
  const read = readSource(source);
  if ('code' in read) {
    throw new Error(`"${source}" stands in no document: ${read.message}`);
  }
  const address = packageOf(source);
  return [address && packageFolder(address), read.folder]
    .filter(Boolean)
    .join('/');
}

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

/** A file with what it is addressed by. */
export function entryOf({ path, content }: SnapshotFile): SnapshotEntry {
  return { path, content, size: content.length, blobDigest: sha256(content) };
}

/** Everything that keeps files from becoming a snapshot. */
export function entryProblems(files: SnapshotEntry[]): Problem[] {
  return snapshotProblems(
    files.map(({ path, size }) => ({ path, content: { length: size } })),
  );
}

/** A tree addressed by its content: the same files give the same digest, in whichever order. */
export function makeSnapshot(files: SnapshotEntry[]): Snapshot {
  const sorted = [...files].sort((a, b) => compareText(a.path, b.path));
  return {
    digest: sha256(
      sorted.map(({ path, blobDigest }) => `${blobDigest} ${path}\n`).join(''),
    ),
    size: sizeOf(sorted),
    files: sorted,
  };
}

function sizeOf(files: SnapshotEntry[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** The top folder of the files that a component at this path is made of. */
export function rootOf(path: string): string {
  const [first, second] = path.split('/');
  return first === FETCHED ? `${first}/${second}` : first;
}

/**
 * Over the files that one component is made of: its whole top folder, as in {@link sourceRoots},
 * or the package that was fetched for it.
 *
 * @param listing digests of contents by path
 * @param path of the component's source in the snapshot
 */
export function sourceDigest(
  listing: Map<string, string>,
  path: string,
): string {
  const root = rootOf(path);
  const files = [...listing].filter(([file]) => isBelow(file, root));
  return digestOf([path, ...files.sort(byPath)]);
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
