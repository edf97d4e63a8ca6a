import { parseAllDocuments } from 'yaml';
import { isObject, Manifest } from './manifest';

/** @throws Error that names the file and the first mistake in it */
export function readManifests(text: string, file: string): Manifest[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0)
      throw new Error(
        `Failed to unmarshal "${file}": ${document.errors[0].message}`,
      );
    const value: unknown = document.toJS();
    return isManifest(value) ? [value] : [];
  });
}

/** The same of a plain folder: what does not look like one is passed over though it is no YAML. */
export function readFolderFile(text: string, file: string): Manifest[] {
  const words = ['apiVersion:', 'kind:', 'metadata:'];
  try {
    return readManifests(text, file);
  } catch (error) {
    if (words.every(word => text.includes(word))) throw error;
    return [];
  }
}

/** Argo CD passes over files of YAML that are no Kubernetes objects. */
function isManifest(value: unknown): value is Manifest {
  return (
    isObject(value) &&
    'apiVersion' in value &&
    'kind' in value &&
    'metadata' in value
  );
}
