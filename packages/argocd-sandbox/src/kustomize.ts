import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Source } from './application';
import { buildByItself, KUSTOMIZATION } from './kustomizeBuiltIn';
import { Manifest } from './manifest';
import { readManifests } from './readManifests';
import { tool, ToolMissingError } from './tool';

/** What a kustomization is changed by, as a source of Argo CD says it. */
export interface KustomizeOptions {
  /** `name=image:tag` */
  images?: string[];
  replicas?: { name: string; count: number }[];
  namePrefix?: string;
  nameSuffix?: string;
  commonLabels?: Record<string, string>;
  commonAnnotations?: Record<string, string>;
  patches?: { patch?: string; target?: { kind?: string; name?: string } }[];
}

/** A `kustomization.yaml`, as far as it is known here. */
export interface Kustomization extends Omit<KustomizeOptions, 'images'> {
  resources?: string[];
  images?: {
    name: string;
    newName?: string;
    newTag?: string;
    digest?: string;
  }[];
}

/**
 * Builds the kustomization at `path` of a commit's files, changed by what a source says: with
 * Kustomize where that is on the PATH, else as far as that goes without it.
 */
export async function buildKustomization(
  { kustomize }: Source,
  tree: string,
  path: string,
): Promise<Manifest[]> {
  const text = await readFile(join(tree, path, KUSTOMIZATION), 'utf8');
  const before: Kustomization = parse(text) ?? {};
  const wanted = kustomize ? changed(before, kustomize) : before;
  try {
    return await buildByProgram(tree, path, wanted);
  } catch (error) {
    if (!(error instanceof ToolMissingError)) throw error;
    return buildByItself(tree, join(tree, path), wanted);
  }
}

/** Its own file is changed in a copy, as Argo CD does. */
async function buildByProgram(
  tree: string,
  path: string,
  wanted: Kustomization,
): Promise<Manifest[]> {
  const own = await mkdtemp(join(tmpdir(), 'argocd-sandbox-kustomize-'));
  try {
    await cp(tree, own, { recursive: true });
    await writeFile(join(own, path, KUSTOMIZATION), JSON.stringify(wanted));
    const built = await tool('kustomize', ['build', join(own, path)]);
    return readManifests(built, 'kustomize');
  } finally {
    await rm(own, { recursive: true });
  }
}

function changed(
  before: Kustomization,
  { images = [], ...options }: KustomizeOptions,
): Kustomization {
  const { replicas = [], commonLabels, commonAnnotations, patches } = options;
  return {
    ...before,
    ...options,
    images: named(before.images, images.map(imageOf)),
    replicas: named(before.replicas, replicas),
    commonLabels: { ...before.commonLabels, ...commonLabels },
    commonAnnotations: { ...before.commonAnnotations, ...commonAnnotations },
    patches: [...(before.patches ?? []), ...(patches ?? [])],
  };
}

/** Those before, and those now in place of those of the same name. */
function named<T extends { name: string }>(before: T[] = [], now: T[]): T[] {
  const names = now.map(({ name }) => name);
  return [...before.filter(({ name }) => !names.includes(name)), ...now];
}

function imageOf(text: string) {
  const [name, to = ''] = text.split('=');
  const [, newName, newTag, digest] =
    /^(.*?)(?::([^:/@]+))?(?:@(.+))?$/.exec(to) ?? [];
  return { name, newName, newTag, digest };
}
