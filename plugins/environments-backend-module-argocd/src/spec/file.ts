import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import {
  JsonObject,
  Problem,
  SourcePlace,
} from '@greenroom/plugin-environments-common';
import { LineCounter, parseDocument } from 'yaml';
import { isMap } from './overlay';

/** The file of a component's source that says what its application is. */
export const SPEC_FILE = 'argocd.yaml';

/** What the file says, and where. */
export interface SpecFile {
  content: JsonObject;
  /** The line of the innermost part of the path that is there. */
  placeOf(path: PropertyKey[]): SourcePlace;
}

/** @returns the file, or what is wrong with it as YAML */
export async function readSpecFile(
  folder: string,
  sourcePath: string,
): Promise<SpecFile | Omit<Problem, 'component'>> {
  const file = posix.join(sourcePath, SPEC_FILE);
  const text = await readFile(join(folder, SPEC_FILE), 'utf8').catch(error => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined)
    return {
      code: 'argocd.spec.missing',
      message: `The source holds no ${SPEC_FILE}`,
      place: { file: sourcePath },
      remedy: `Put an ${SPEC_FILE} there that says where the manifests are: source.repoURL and source.path`,
    };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const placeAt = (offset: number): SourcePlace => ({
    file,
    line: lines.linePos(offset).line,
  });
  const [error] = document.errors;
  const content: unknown = error ? undefined : (document.toJS() ?? {});
  if (error || !isMap(content))
    return {
      code: 'argocd.spec.yaml',
      message: error
        ? `${SPEC_FILE} is no YAML: ${error.message.split('\n')[0]}`
        : `${SPEC_FILE} is no map of fields`,
      place: placeAt(error?.pos[0] ?? 0),
      remedy: 'Mend the file there',
    };
  return {
    content,
    placeOf(path) {
      for (let length = path.length; length > 0; length--) {
        const node: unknown = document.getIn(path.slice(0, length), true);
        if (hasRange(node)) return placeAt(node.range[0]);
      }
      return placeAt(0);
    },
  };
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return (
    typeof node === 'object' &&
    node !== null &&
    'range' in node &&
    Array.isArray(node.range)
  );
}
