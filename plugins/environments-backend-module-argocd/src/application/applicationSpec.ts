import {
  ArgocdApplicationSpec,
  ArgocdSource,
} from '@greenroom/plugin-argocd-node';
import { Placement } from '../config';
import { ComponentSpec, SourceSpec } from '../spec/schema';
import { namespaceMarks, Owner, ownLabels } from './names';

/** What an application is to be, as Argo CD says it. */
export interface WantedApplication {
  name: string;
  namespace: string;
  /** The component's sources, each at the revision that the blueprint names. */
  sources: ArgocdSource[];
  /** Whether the namespace is the component's own: made with it, removed with it. */
  ownsNamespace: boolean;
  placement: Placement;
}

export function wantedApplication(
  name: string,
  spec: ComponentSpec,
  placement: Placement,
): WantedApplication {
  const sources = spec.source
    ? [sourceOf(spec.source)]
    : Object.entries(spec.sources ?? {}).map(([ref, source]) =>
        sourceOf(source, ref),
      );
  return {
    name,
    namespace: spec.namespace ?? name,
    sources,
    ownsNamespace: spec.createNamespace ?? spec.takeOver === undefined,
    placement,
  };
}

/** An application that is compared and never synced: what a plan is made of. */
export function comparedSpec(
  wanted: WantedApplication,
  sources: ArgocdSource[],
): ArgocdApplicationSpec {
  const { placement, namespace } = wanted;
  const { cluster } = placement;
  return {
    project: placement.project,
    ...(sources.length === 1 ? { source: sources[0] } : { sources }),
    destination: {
      ...(cluster.includes('://') ? { server: cluster } : { name: cluster }),
      namespace,
    },
  };
}

/** The application itself, its sources pinned to what was planned. */
export function pinnedSpec(
  wanted: WantedApplication,
  revisions: string[],
  owner: Owner,
): ArgocdApplicationSpec {
  const { name, namespace, sources, ownsNamespace } = wanted;
  const pinned = sources.map((source, index) => ({
    ...source,
    targetRevision: revisions[index] ?? source.targetRevision,
  }));
  return {
    ...comparedSpec(wanted, pinned),
    syncPolicy: {
      syncOptions: [
        ...(ownsNamespace ? ['CreateNamespace=true'] : []),
        // A resource of another application is left alone, and said so.
        'FailOnSharedResource=true',
      ],
      ...(ownsNamespace && {
        managedNamespaceMetadata: {
          labels: ownLabels(owner),
          annotations: namespaceMarks(name, namespace),
        },
      }),
    },
  };
}

/** The sources of an application, whichever way it names them. */
export function sourcesIn({
  source,
  sources,
}: ArgocdApplicationSpec): ArgocdSource[] {
  return sources ?? (source ? [source] : []);
}

/** What its sources are to be read at, one each. */
export function revisionsOf(spec: ArgocdApplicationSpec): string[] {
  return sourcesIn(spec).map(({ targetRevision }) => targetRevision ?? 'HEAD');
}

function sourceOf(source: SourceSpec, ref?: string): ArgocdSource {
  const { directory, kustomize, helm, targetRevision, ...place } = source;
  return {
    ...place,
    targetRevision: targetRevision ?? 'HEAD',
    // Without manifests of its own it is there for the value files of others.
    ...(ref && !source.path && !source.chart && { ref }),
    ...(directory && { directory }),
    ...(kustomize && { kustomize: kustomizeOf(kustomize) }),
    ...(helm && { helm: helmOf(helm) }),
  };
}

function kustomizeOf({
  images,
  replicas,
  ...rest
}: NonNullable<SourceSpec['kustomize']>) {
  return {
    ...rest,
    ...(images && {
      images: Object.entries(images).map(([name, to]) => `${name}=${to}`),
    }),
    ...(replicas && {
      replicas: Object.entries(replicas).map(([name, count]) => ({
        name,
        count,
      })),
    }),
  };
}

function helmOf({
  values,
  parameters,
  ...rest
}: NonNullable<SourceSpec['helm']>) {
  return {
    ...rest,
    ...(values && { valuesObject: values }),
    ...(parameters && {
      parameters: Object.entries(parameters).map(([name, value]) => ({
        name,
        value: String(value),
        // `007` stays a text.
        ...(typeof value === 'string' && { forceString: true }),
      })),
    }),
  };
}
