import {
  ArgocdApplication,
  ArgocdApplicationSpec,
  ArgocdManagedResource,
} from '@greenroom/plugin-argocd-node';
import {
  JsonValue,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { DriverOutput } from '@greenroom/plugin-environments-node';
import { revisionsOf } from './application/applicationSpec';
import { addressOf } from './application/resources';
import { BUILT_IN_OUTPUTS, valueAt } from './spec/outputNames';
import { ComponentSpec, OutputSpec } from './spec/schema';

const shown = (value: JsonValue): DriverOutput => ({ value, sensitive: false });

/** What the component gives: of every one the same, and what its spec names. */
export function outputsOf(
  { spec, status }: ArgocdApplication,
  resources: ArgocdManagedResource[],
  declared: ComponentSpec['outputs'] = {},
): Record<string, DriverOutput> {
  const { namespace = '' } = spec.destination;
  const { images = [], externalURLs = [] } = status.summary ?? {};
  const revisions = revisionsOf(spec);
  const builtIn: Record<keyof typeof BUILT_IN_OUTPUTS, DriverOutput> = {
    namespace: shown(namespace),
    revision: shown(revisions.join(' ')),
    images: shown([...images].sort()),
    urls: shown([...externalURLs].sort()),
  };
  const own = Object.entries(declared).map(([name, output]) => {
    const { sensitive = false } = output;
    const value = readOutput(output, resources, namespace);
    return [name, { value, sensitive }];
  });
  return { ...builtIn, ...Object.fromEntries(own) };
}

function readOutput(
  { resource: wanted, path }: OutputSpec,
  resources: ArgocdManagedResource[],
  namespace: string,
): JsonValue {
  const found = resources.find(one => isWanted(one, wanted, namespace));
  return (valueAt(found?.liveState, path) ?? null) as JsonValue;
}

function isWanted(
  { group, kind, name, namespace }: ArgocdManagedResource,
  wanted: OutputSpec['resource'],
  usual: string,
): boolean {
  return (
    kind === wanted.kind &&
    name === wanted.name &&
    (wanted.group === undefined || group === wanted.group) &&
    (!namespace || namespace === (wanted.namespace ?? usual))
  );
}

/** Names of the outputs that may have another value after these changes. */
export function changedOutputs(options: {
  changes: ResourceChange[];
  spec: ComponentSpec;
  current?: ArgocdApplication;
  next: ArgocdApplicationSpec;
}): string[] {
  const { changes, spec, current, next } = options;
  const { namespace = '' } = next.destination;
  const moves = namespace !== current?.spec.destination.namespace;
  const touched = changes.filter(({ address }) => address !== 'Application');
  const declared = Object.entries(spec.outputs ?? {})
    .filter(([, { resource }]) => {
      const end = addressOf(
        { ...resource, group: resource.group ?? '' },
        namespace,
      );
      return (
        moves ||
        touched.some(({ address }) => `/${address}`.endsWith(`/${end}`))
      );
    })
    .map(([name]) => name);
  const revised =
    !current ||
    revisionsOf(current.spec).join(' ') !== revisionsOf(next).join(' ');
  return [
    ...(moves ? ['namespace'] : []),
    ...(revised ? ['revision'] : []),
    ...(moves || touched.length > 0 ? ['images', 'urls'] : []),
    ...declared,
  ];
}
