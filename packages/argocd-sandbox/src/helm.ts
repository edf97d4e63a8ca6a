import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Source } from './application';
import { tool } from './tool';

/** What a chart is rendered with, as a source of Argo CD says it. */
export interface HelmOptions {
  releaseName?: string;
  valueFiles?: string[];
  valuesObject?: Record<string, unknown>;
  parameters?: { name: string; value: string; forceString?: boolean }[];
}

/** Renders the chart in a folder; the release has the name of the application when it is given none. */
export async function renderChart(
  { helm = {} }: Source,
  folder: string,
  release: { name: string; namespace: string },
  /** The files of sources that are there for their value files, by their `ref`. */
  refs: Record<string, string>,
): Promise<string> {
  const { releaseName, valueFiles = [], valuesObject, parameters = [] } = helm;
  const own = await mkdtemp(join(tmpdir(), 'argocd-sandbox-values-'));
  try {
    const values = join(own, 'values.json');
    await writeFile(values, JSON.stringify(valuesObject ?? {}));
    return await tool('helm', [
      ...['template', releaseName ?? release.name, folder],
      ...['--namespace', release.namespace, '--include-crds'],
      ...valueFiles.flatMap(file => ['--values', placeOf(file, folder, refs)]),
      ...['--values', values],
      ...parameters.flatMap(({ name, value, forceString }) => [
        forceString ? '--set-string' : '--set',
        `${name}=${value.replaceAll(',', '\\,')}`,
      ]),
    ]);
  } finally {
    await rm(own, { recursive: true });
  }
}

function placeOf(
  file: string,
  folder: string,
  refs: Record<string, string>,
): string {
  const [, ref, rest] = /^\$([^/]+)\/(.*)$/.exec(file) ?? [];
  if (ref === undefined) return join(folder, file);
  if (!Object.hasOwn(refs, ref))
    throw new Error(
      `source referenced "${ref}", but no source has a 'ref' field defined`,
    );
  return join(refs[ref], rest);
}
