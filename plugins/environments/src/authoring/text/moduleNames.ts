import { sourceFolder } from '@greenroom/plugin-environments-common';
import { Files, readText } from '../files';

/** What a Terraform module declares, as far as its text says at a glance. */
export interface ModuleNames {
  variables: string[];
  outputs: string[];
}

/** The names in the module of a component; only the portal's check knows for certain. */
export function moduleNames(files: Files, source: string): ModuleNames {
  const folder = sourceFolder(source);
  // What is fetched is only known to the portal.
  if (folder === undefined) return { variables: [], outputs: [] };
  const texts = Object.entries(files).flatMap(([path, content]) => {
    const isInside =
      folder === '' ? !path.includes('/') : parentOf(path) === folder;
    return isInside && path.endsWith('.tf') ? (readText(content) ?? []) : [];
  });
  const declared = (kind: string) => [
    ...new Set(
      texts.flatMap(text =>
        [...text.matchAll(new RegExp(`^\\s*${kind}\\s+"(\\w+)"`, 'gm'))].map(
          ([, name]) => name,
        ),
      ),
    ),
  ];
  return { variables: declared('variable'), outputs: declared('output') };
}

function parentOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}
