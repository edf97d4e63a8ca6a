import { readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { applyPatch, Operation } from 'fast-json-patch';
import { parse } from 'yaml';
import type { Kustomization } from './kustomize';
import { isObject, Manifest } from './manifest';
import { readManifests } from './readManifests';

export const KUSTOMIZATION = 'kustomization.yaml';

const FIELDS = [
  ...['apiVersion', 'kind', 'resources'],
  ...['patches', 'commonAnnotations', 'replicas', 'images'],
];

/**
 * Builds a kustomization without Kustomize: resources, JSON patches, annotations, replicas and
 * images, in the order in which Kustomize has them.
 *
 * @throws Error that names what it can't do
 */
export async function buildByItself(
  tree: string,
  folder: string,
  kustomization: Kustomization,
): Promise<Manifest[]> {
  for (const [field, value] of Object.entries(kustomization))
    if (!FIELDS.includes(field) && !isEmpty(value)) throw unable(`"${field}"`);
  const { resources = [], patches = [] } = kustomization;
  const { replicas = [], images = [], commonAnnotations } = kustomization;
  const read = await Promise.all(
    resources.map(name => readResource(tree, join(folder, name))),
  );
  let manifests = read.flat();
  for (const patch of patches) manifests = patched(manifests, patch);
  if (!isEmpty(commonAnnotations))
    manifests = manifests.map(one => annotated(one, commonAnnotations));
  for (const each of replicas) manifests = scaled(manifests, each);
  for (const image of images)
    manifests = manifests.map(one => withImage(one, image) as Manifest);
  return manifests;
}

async function readResource(tree: string, file: string): Promise<Manifest[]> {
  const place = relative(tree, file);
  if (place.startsWith('..'))
    throw new Error(`${place} lies outside of the repository`);
  const found = await stat(file).catch(() => {
    throw new Error(`${place}: there is no such file or folder`);
  });
  if (!found.isDirectory())
    return readManifests(await readFile(file, 'utf8'), place);
  const text = await readFile(join(file, KUSTOMIZATION), 'utf8');
  return buildByItself(tree, file, parse(text) ?? {});
}

function patched(manifests: Manifest[], { patch, target = {} }: Patch) {
  const operations: unknown = parse(patch ?? '');
  if (!Array.isArray(operations))
    throw unable('patches but those of JSON operations');
  const { kind, name, ...others } = target;
  if (!isEmpty(others)) throw unable(`targets by "${Object.keys(others)[0]}"`);
  const isMeant = (one: Manifest) =>
    (kind ?? one.kind) === one.kind &&
    (name ?? one.metadata.name) === one.metadata.name;
  return manifests.map(one =>
    isMeant(one) ? afterOperations(one, operations) : one,
  );
}

function afterOperations(manifest: Manifest, operations: Operation[]) {
  try {
    return applyPatch(manifest, operations, true, false).newDocument;
  } catch (error) {
    const [why] = String(error instanceof Error && error.message).split('\n');
    throw new Error(`a patch of ${manifest.kind} can't be applied: ${why}`);
  }
}

/** Pods that come of it have them, too. */
function annotated(manifest: Manifest, more: object = {}): Manifest {
  const { metadata, spec } = manifest;
  const annotations = { ...metadata.annotations, ...more };
  const own = { ...manifest, metadata: { ...metadata, annotations } };
  if (!isObject(spec) || !isObject(spec.template)) return own;
  const { template } = spec;
  const pod = annotated(
    { metadata: {}, ...template } as unknown as Manifest,
    more,
  );
  return { ...own, spec: { ...spec, template: pod } };
}

const SCALED = [
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
];

function scaled(
  manifests: Manifest[],
  { name, count }: { name: string; count: number },
): Manifest[] {
  const isMeant = ({ kind, metadata }: Manifest) =>
    SCALED.includes(kind) && metadata.name === name;
  if (!manifests.some(isMeant))
    throw new Error(`replicas name "${name}", and nothing is called so`);
  return manifests.map(one =>
    isMeant(one)
      ? { ...one, spec: { ...(one.spec as object), replicas: count } }
      : one,
  );
}

/** Wherever containers are listed. */
function withImage(value: unknown, image: Image): unknown {
  if (Array.isArray(value)) return value.map(one => withImage(one, image));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    /^(initC|c)ontainers$/.test(key) && Array.isArray(one)
      ? one.map(container => ({
          ...container,
          image: imageAfter(String(container.image), image),
        }))
      : withImage(one, image),
  ]);
  return Object.fromEntries(entries);
}

function imageAfter(before: string, { name, newName, newTag, digest }: Image) {
  const [, called, rest] = /^(.*?)((?::[^:/@]+)?(?:@.+)?)$/.exec(before) ?? [];
  if (called !== name) return before;
  const tag = newTag ? `:${newTag}` : '';
  const ending = digest ? `@${digest}` : tag;
  return `${newName ?? called}${ending || rest}`;
}

function isEmpty(value: unknown): value is undefined {
  return Object.keys(value ?? {}).length === 0 && typeof value !== 'string';
}

function unable(what: string): Error {
  return new Error(
    `kustomize is not on the PATH, and the stand-in does not do ${what} by itself`,
  );
}

type Patch = NonNullable<Kustomization['patches']>[number];
type Image = NonNullable<Kustomization['images']>[number];
