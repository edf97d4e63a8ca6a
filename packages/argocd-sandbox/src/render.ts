import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { inNamespace, Manifest } from './manifest';

const run = promisify(execFile);

/** What a folder of a commit is to be read as. */
export interface Rendering {
  tree: string;
  path: string;
  /** Name of the application, which a chart's release takes. */
  name: string;
  namespace: string;
}

/**
 * Makes manifests of a folder: by Kustomize or Helm where it asks for one, else of its files.
 *
 * @throws Error that names the file, or the program that is not there
 */
export async function render({
  tree,
  path,
  name,
  namespace,
}: Rendering): Promise<Manifest[]> {
  const folder = join(tree, path);
  if (!existsSync(folder)) throw new Error(`${path}: app path does not exist`);
  const has = (file: string) => existsSync(join(folder, file));
  if (has('kustomization.yaml'))
    return read(
      await tool('kustomize', ['build', folder]),
      'kustomize',
      namespace,
    );
  if (has('Chart.yaml'))
    return read(
      await tool('helm', [
        ...['template', name, folder],
        ...['--namespace', namespace, '--include-crds'],
      ]),
      'helm',
      namespace,
    );
  const files = (await readdir(folder)).filter(one => /\.ya?ml$/.test(one));
  const manifests = await Promise.all(
    files
      .sort()
      .map(async file =>
        read(await readFile(join(folder, file), 'utf8'), file, namespace),
      ),
  );
  return manifests.flat();
}

function read(text: string, file: string, namespace: string): Manifest[] {
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0)
      throw new Error(
        `Failed to unmarshal "${file}": ${document.errors[0].message}`,
      );
    const value: unknown = document.toJS();
    return isManifest(value) ? [inNamespace(value, namespace)] : [];
  });
}

/** Argo CD passes over files of YAML that are no Kubernetes objects. */
function isManifest(value: unknown): value is Manifest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'apiVersion' in value &&
    'kind' in value &&
    'metadata' in value
  );
}

async function tool(program: string, args: string[]): Promise<string> {
  try {
    const { stdout } = await run(program, args, {
      timeout: 30_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error(
        `${program} is not on the PATH, and this source needs it`,
      );
    throw error;
  }
}
