import {
  BlueprintDocument,
  componentGraph,
  JsonValue,
  Problem,
} from '@greenroom/plugin-environments-common';
import { compareText, digestOf, sha256 } from '../digest';
import { Snapshot, SnapshotFile } from './types';

export const SNAPSHOT_LIMITS = {
  files: 2000,
  bytes: 20 * 1024 * 1024,
  fileBytes: 5 * 1024 * 1024,
  pathLength: 500,
} as const;

/** Never part of a recipe: history, and what a tool made or remembered on an author's machine. */
const IGNORED = [
  /^\.git$/,
  /^\.terraform$/,
  /\.tfstate$/,
  /\.tfstate\.[^/]*backup$/,
  /^\.terraform\.tfstate\.lock\.info$/,
];

export function isIgnored(path: string): boolean {
  return path
    .split('/')
    .some(segment => IGNORED.some(pattern => pattern.test(segment)));
}

/** `./site/` → `site`; the folder itself is `''`. */
export function sourcePath(source: string): string {
  return source
    .split('/')
    .filter(segment => segment !== '' && segment !== '.')
    .join('/');
}

/**
 * The top folders that a document's sources lie in, `''` for everything beside the document.
 * Whole top folders, since a module may use another beside it.
 */
export function sourceRoots(document: BlueprintDocument): string[] {
  const roots = componentGraph(document).map(
    ({ source }) => sourcePath(source).split('/')[0],
  );
  return roots.includes('') ? [''] : [...new Set(roots)];
}

/** The files that belong to a document, out of all beside it. */
export function ownFiles(
  document: BlueprintDocument,
  files: SnapshotFile[],
): SnapshotFile[] {
  const roots = sourceRoots(document);
  return files.filter(
    ({ path }) =>
      !isIgnored(path) && roots.some(root => root === '' || below(path, root)),
  );
}

export function below(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** What is wrong with a path that is to be written below a folder; undefined when it is safe. */
export function pathMistake(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > SNAPSHOT_LIMITS.pathLength) return 'is too long';
  if (path.includes('\0')) return 'holds a NUL';
  if (path.includes('\\')) return 'holds a backslash';
  if (path.startsWith('/')) return 'is absolute';
  const segments = path.split('/');
  if (segments.includes('..')) return 'leads out of the folder';
  if (segments.some(segment => segment === '' || segment === '.')) {
    return 'holds an empty step';
  }
  return undefined;
}

/** Everything that keeps files from becoming a snapshot. */
export function snapshotProblems(files: SnapshotFile[]): Problem[] {
  const problems: Problem[] = [];
  const tell = (code: string, message: string, remedy: string, file?: string) =>
    problems.push({ code, message, remedy, ...(file && { place: { file } }) });

  for (const { path, content } of files) {
    const mistake = pathMistake(path);
    if (mistake) {
      const shown = JSON.stringify(path.slice(0, 100));
      tell(
        'blueprint.file.path',
        `The path ${shown} ${mistake}.`,
        'Name files relative to the blueprint, such as site/main.tf.',
      );
    } else if (content.length > SNAPSHOT_LIMITS.fileBytes) {
      tell(
        'blueprint.file.too-large',
        `${path} has ${megabytes(content.length)}; at most ${megabytes(SNAPSHOT_LIMITS.fileBytes)} are kept of a file.`,
        'Take it out, or let the module fetch it.',
        path,
      );
    }
  }
  if (files.length > SNAPSHOT_LIMITS.files) {
    tell(
      'blueprint.files.too-many',
      `The sources hold ${files.length} files; at most ${SNAPSHOT_LIMITS.files} are kept.`,
      'Keep only what the components need in their folders.',
    );
  }
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  if (size > SNAPSHOT_LIMITS.bytes) {
    tell(
      'blueprint.files.too-large',
      `The sources have ${megabytes(size)}; at most ${megabytes(SNAPSHOT_LIMITS.bytes)} are kept.`,
      'Keep only what the components need in their folders.',
    );
  }
  return problems;
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
  const files = [...listing].filter(([path]) => below(path, root));
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

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
