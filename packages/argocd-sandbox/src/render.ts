import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Source } from './application';
import { renderChart } from './helm';
import { buildKustomization } from './kustomize';
import { KUSTOMIZATION } from './kustomizeBuiltIn';
import { inNamespace, Manifest } from './manifest';
import { readFolderFile, readManifests } from './readManifests';

/** What a source of a commit is to be read as. */
export interface Rendering {
  source: Source;
  tree: string;
  /** Name of the application, which a chart's release takes. */
  name: string;
  namespace: string;
  /** The files of sources that are there for their value files, by their `ref`. */
  refs: Record<string, string>;
}

/** What Argo CD calls the ways to read a source. */
export type SourceType = 'Kustomize' | 'Helm' | 'Directory';

/**
 * Makes manifests of a folder: by Kustomize or Helm where it asks for one, else of its files.
 *
 * @throws Error that names the file, or the program that is not there
 */
export async function render({
  source,
  tree,
  name,
  namespace,
  refs,
}: Rendering): Promise<{ type: SourceType; manifests: Manifest[] }> {
  const { path = '.' } = source;
  const folder = join(tree, path);
  if (!existsSync(folder)) throw new Error(`${path}: app path does not exist`);
  const has = (file: string) => existsSync(join(folder, file));
  const within = (manifests: Manifest[]) =>
    manifests.map(one => inNamespace(one, namespace));
  if (has(KUSTOMIZATION))
    return {
      type: 'Kustomize',
      manifests: within(await buildKustomization(source, tree, path)),
    };
  if (has('Chart.yaml')) {
    const text = await renderChart(source, folder, { name, namespace }, refs);
    return { type: 'Helm', manifests: within(readManifests(text, 'helm')) };
  }
  const files = (await readdir(folder)).filter(one => /\.ya?ml$/.test(one));
  const manifests = await Promise.all(
    files
      .sort()
      .map(async file =>
        readFolderFile(await readFile(join(folder, file), 'utf8'), file),
      ),
  );
  return { type: 'Directory', manifests: within(manifests.flat()) };
}
