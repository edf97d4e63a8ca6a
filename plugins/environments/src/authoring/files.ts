import { pathMistake } from '@greenroom/plugin-environments-common';

/** Files beside a document by path, content in base64: the way they are sent. */
export type Files = Record<string, string>;

/** What the document itself is called among its files. */
export const DOCUMENT = 'blueprint.yaml';

/** The text of a file; undefined when it holds none. */
export function readText(content: string): string | undefined {
  const bytes = Uint8Array.from(atob(content), character =>
    character.charCodeAt(0),
  );
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    // Bytes that are no UTF-8: the one thing that decoding throws for.
    return undefined;
  }
}

export function writeText(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

/** Why a new file can't be called so; undefined when it can. */
export function pathProblem(path: string, files: Files): string | undefined {
  const mistake = pathMistake(path);
  if (mistake) return `The path ${mistake}.`;
  if (path === DOCUMENT || Object.hasOwn(files, path)) {
    return 'There is a file of this name already.';
  }
  const folder = Object.keys(files).find(other => other.startsWith(`${path}/`));
  if (folder) return `It is a folder: ${folder} stands in it.`;
  const file = Object.keys(files).find(other => path.startsWith(`${other}/`));
  return file && `${file} is a file, not a folder.`;
}
