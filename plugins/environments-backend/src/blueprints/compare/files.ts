import { isUtf8 } from 'node:buffer';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { BlueprintFileChange } from '@greenroom/plugin-environments-common';
import { compareText } from '../../digest';

/** What is larger, or takes more edits, is only named: nobody reads such a diff. */
export const DIFF_LIMITS = {
  fileBytes: 200 * 1024,
  /** Of all diffs of one comparison. */
  totalCharacters: 1024 * 1024,
  edits: 5000,
} as const;

/** The content of a file at one side of a comparison. */
export interface ComparedFile {
  size: number;
  /** Absent when it is larger than {@link DIFF_LIMITS} allows. */
  content?: Buffer;
}

/** One path at which two snapshots differ; a side that is absent has no such file. */
export interface FilePair {
  path: string;
  before?: ComparedFile;
  after?: ComparedFile;
}

/** Tells of files by path, with a text diff wherever there can be one. */
export function compareFiles(pairs: FilePair[]): BlueprintFileChange[] {
  let left: number = DIFF_LIMITS.totalCharacters;
  return [...pairs]
    .sort((a, b) => compareText(a.path, b.path))
    .map(pair => {
      const change = changeOf(pair);
      const diff = diffOf(pair);
      if (typeof diff !== 'string') return { ...change, ...diff };
      if (diff.length > left) return { ...change, omitted: 'large' };
      left -= diff.length;
      return { ...change, diff };
    });
}

function changeOf({ path, before, after }: FilePair): BlueprintFileChange {
  if (!before) return { path, change: 'added' };
  return { path, change: after ? 'changed' : 'removed' };
}

function diffOf({
  path,
  before,
  after,
}: FilePair): string | Pick<BlueprintFileChange, 'omitted'> {
  const sides = [before, after].filter(side => side !== undefined);
  if (sides.some(({ content }) => content && !isText(content))) {
    return { omitted: 'binary' };
  }
  if (sides.some(({ content }) => !content)) return { omitted: 'large' };
  // Git's way to say that a side has no such file.
  const [from, to] = [before, after].map(side => (side ? path : '/dev/null'));
  const [old, now] = [before, after].map(
    side => side?.content?.toString('utf8') ?? '',
  );
  const diff = createTwoFilesPatch(from, to, old, now, undefined, undefined, {
    context: 3,
    maxEditLength: DIFF_LIMITS.edits,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return diff ?? { omitted: 'large' };
}

function isText(content: Buffer): boolean {
  return isUtf8(content) && !content.includes(0);
}
