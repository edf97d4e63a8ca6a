import { BlueprintDocument } from '../document';
import { readSource } from '../source';

/** Limits on the files that a version is published with. */
export const SNAPSHOT_LIMITS: {
  readonly files: number;
  readonly bytes: number;
  readonly fileBytes: number;
  readonly pathLength: number;
} = {
  files: 2000,
  bytes: 20 * 1024 * 1024,
  fileBytes: 5 * 1024 * 1024,
  pathLength: 500,
};

/**
 * Never part of a recipe: history, what a tool made or remembered on an author's machine, and
 * names that only Greenroom and its drivers may write.
 */
const IGNORED = [
  /^\.greenroom/,
  /^\.git$/,
  /^\.terraform$/,
  /\.tfstate$/,
  /\.tfstate\.[^/]*backup$/,
  /^\.terraform\.tfstate\.lock\.info$/,
];

/** Whether a file beside a blueprint is never published with it. */
export function isIgnored(path: string): boolean {
  return path
    .split('/')
    .some(segment => IGNORED.some(pattern => pattern.test(segment)));
}

/** `./site/` → `site`, the folder of the document itself → `''`; undefined for what is fetched. */
export function sourceFolder(source: string): string | undefined {
  const read = readSource(source);
  return 'kind' in read && read.kind === 'folder' ? read.folder : undefined;
}

/**
 * The top folders that a document's own sources lie in, `''` for everything beside the document.
 * Whole top folders, since a module may use another beside it.
 */
export function sourceRoots(document: BlueprintDocument): string[] {
  const roots = Object.values(document.spec.components)
    .map(({ source }) => sourceFolder(source)?.split('/')[0])
    .filter(root => root !== undefined);
  return roots.includes('') ? [''] : [...new Set(roots)];
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
