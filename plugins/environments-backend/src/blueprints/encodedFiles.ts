import { isIgnored, Problem } from '@greenroom/plugin-environments-common';
import { InputProblemError } from '../errors';
import { SnapshotFile } from './types';

const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** @throws InputProblemError that names each file that is not in base64 */
export function decodeFiles(files: Record<string, string>): SnapshotFile[] {
  const problems: Problem[] = [];
  const decoded = Object.entries(files).map(([path, text]) => {
    if (!BASE64.test(text)) {
      problems.push({
        code: 'blueprint.file.encoding',
        message: `The content of ${path.slice(0, 100)} is not in base64.`,
        field: '/files',
        remedy: 'Send the content of each file in base64, with padding.',
      });
    }
    return { path, content: Buffer.from(text, 'base64') };
  });
  if (problems.length > 0) throw new InputProblemError(problems);
  return decoded;
}

/** An author's own files by path, in base64: the way they came in, without what was fetched since. */
export async function encodeFiles(
  files: AsyncIterable<SnapshotFile>,
): Promise<Record<string, string>> {
  const encoded: [string, string][] = [];
  for await (const { path, content } of files) {
    if (!isIgnored(path)) encoded.push([path, content.toString('base64')]);
  }
  return Object.fromEntries(encoded);
}
