import { z } from 'zod';
import {
  ArgocdApplication,
  ArgocdApplicationEvent,
  ArgocdApplicationSummary,
  ArgocdKubernetesEvent,
  ArgocdManagedResource,
  ArgocdProject,
  ArgocdResourceTree,
} from './types';

// What Argo CD 3 sends, as far as it is read here. Go leaves empty fields out, and sends some as
// null: both become undefined, or an empty list.

const optional = <T>(shape: z.ZodType<T>) =>
  shape.nullish().transform(value => value ?? undefined);

const listOf = <T>(shape: z.ZodType<T>) =>
  z
    .array(shape)
    .nullish()
    .transform(value => value ?? []);

const text = optional(z.string());
/** A field that is left out when it is empty. */
const word = z
  .string()
  .nullish()
  .transform(value => value ?? '');

// Newer releases may know more states; none of those is one to act upon. Both are empty just
// after the creation.
const sync = z.enum(['Synced', 'OutOfSync', 'Unknown']).catch('Unknown');
const health = z
  .enum([
    'Healthy',
    'Progressing',
    'Degraded',
    'Missing',
    'Suspended',
    'Unknown',
  ])
  .catch('Unknown');

const healthState = z.object({ status: health, message: text });
const NO_HEALTH: z.infer<typeof healthState> = {
  status: 'Unknown',
  message: undefined,
};

const condition = z.object({
  type: z.string(),
  message: word,
  lastTransitionTime: text,
});

const resourceId = {
  group: word,
  kind: z.string(),
  namespace: text,
  name: z.string(),
};

const source = z.looseObject({
  repoURL: z.string(),
  path: text,
  targetRevision: text,
  chart: text,
});

const resourceResult = z.object({
  ...resourceId,
  version: word,
  status: text,
  message: text,
  syncPhase: text,
  hookType: text,
  hookPhase: text,
});

// Of a pod that no node has taken the tree says `Node`, without a value.
const info = z.object({ name: z.string(), value: word });

const operation = z.object({
  info: listOf(info),
  initiatedBy: optional(
    z.object({ username: text, automated: optional(z.boolean()) }),
  ),
});

const operationState = z.object({
  operation,
  phase: z.enum(['Running', 'Terminating', 'Succeeded', 'Failed', 'Error']),
  message: word,
  startedAt: text,
  finishedAt: text,
  syncResult: optional(
    z.object({
      revision: word,
      revisions: listOf(z.string()),
      resources: listOf(resourceResult),
    }),
  ),
});

const metadata = z.looseObject({
  name: z.string(),
  namespace: text,
  uid: text,
  resourceVersion: text,
  labels: optional(z.record(z.string(), z.string())),
  annotations: optional(z.record(z.string(), z.string())),
  finalizers: listOf(z.string()),
  creationTimestamp: text,
  deletionTimestamp: text,
});

const syncState = z
  .object({
    status: sync,
    revision: word,
    revisions: listOf(z.string()),
    comparedTo: optional(
      z.object({ source: optional(source), sources: listOf(source) }),
    ),
  })
  .transform(({ comparedTo, ...rest }) => ({
    ...rest,
    comparedTo: severalOr(comparedTo?.sources ?? [], comparedTo?.source),
  }));

/** Of several sources Argo CD tells one by one; of a single one in a field of its own. */
function severalOr<T>(several: T[], one: T | undefined): T[] {
  return several.length === 0 && one ? [one] : several;
}

const spec = z.looseObject({
  project: z.string(),
  source: optional(source),
  sources: optional(z.array(source)),
  destination: z.looseObject({ server: text, name: text, namespace: text }),
  syncPolicy: optional(z.looseObject({ automated: z.unknown().optional() })),
});

const resourceState = z.object({
  ...resourceId,
  version: word,
  status: optional(sync),
  health: optional(healthState),
  requiresPruning: z
    .boolean()
    .nullish()
    .transform(value => value ?? false),
});

const historyEntry = z
  .object({
    id: z
      .number()
      .nullish()
      .transform(value => value ?? 0),
    revision: word,
    revisions: listOf(z.string()),
    deployedAt: text,
    source: optional(source),
    sources: listOf(source),
  })
  .transform(({ source: single, sources, ...entry }) => ({
    ...entry,
    sources: severalOr(sources, single),
  }));

export const application: z.ZodType<ArgocdApplication> = z.object({
  metadata,
  spec,
  /** Under way or waiting; absent once it is over. */
  operation: optional(operation),
  status: z
    .object({
      sync: optional(syncState),
      health: optional(healthState),
      operationState: optional(operationState),
      resources: listOf(resourceState),
      conditions: listOf(condition),
      history: listOf(historyEntry),
      summary: optional(
        z.object({
          images: listOf(z.string()),
          externalURLs: listOf(z.string()),
        }),
      ),
      sourceType: word,
      sourceTypes: listOf(z.string()),
      reconciledAt: text,
    })
    .transform(({ sourceType, sourceTypes, ...status }) => ({
      ...status,
      sourceTypes: severalOr(sourceTypes, sourceType),
      sync: status.sync ?? {
        status: 'Unknown' as const,
        revision: '',
        revisions: [],
        comparedTo: [],
      },
      health: status.health ?? NO_HEALTH,
    })),
});

// The list with `fields`: whatever was not asked for is missing.
const summary: z.ZodType<ArgocdApplicationSummary> = z
  .object({
    metadata: z.object({
      name: z.string(),
      namespace: text,
      labels: optional(z.record(z.string(), z.string())),
    }),
    spec,
    status: z.object({ sync: z.object({ status: sync }), health: healthState }),
  })
  .transform(({ metadata: { name, namespace, labels }, status, ...rest }) => ({
    name,
    namespace,
    labels: labels ?? {},
    spec: rest.spec,
    sync: status.sync.status,
    health: status.health,
  }));

/** A list may be null: to who may not see a project it has nothing. */
export const applicationList = z.object({ items: listOf(application) });
export const summaryList = z.object({ items: listOf(summary) });

/** A manifest as JSON text; that of a resource that is not there reads `null`. */
const manifest = z
  .string()
  .nullish()
  .transform((state, context) => {
    if (!state) return undefined;
    try {
      return z.looseObject({}).nullable().parse(JSON.parse(state)) ?? undefined;
    } catch {
      context.addIssue('This is no JSON object');
      return z.NEVER;
    }
  });

const managedResource: z.ZodType<ArgocdManagedResource> = z
  .object({
    ...resourceId,
    targetState: manifest,
    liveState: manifest,
    normalizedLiveState: manifest,
    predictedLiveState: manifest,
    hook: optional(z.boolean()),
    modified: optional(z.boolean()),
    resourceVersion: text,
  })
  .transform(({ normalizedLiveState, predictedLiveState, ...rest }) => ({
    ...rest,
    // Argo CD says `modified` of what is made and changed, but not of what is removed.
    change: changeOf(rest),
    // What a diff compares: Argo CD's defaults and ignored fields are taken out of both.
    before: normalizedLiveState,
    after: predictedLiveState,
  }));

function changeOf(one: {
  liveState?: unknown;
  targetState?: unknown;
  modified?: boolean;
}): 'create' | 'update' | 'prune' | 'none' {
  if (!one.targetState) return one.liveState ? 'prune' : 'none';
  if (!one.liveState) return 'create';
  return one.modified ? 'update' : 'none';
}

export const managedResourceList = z.object({ items: listOf(managedResource) });

const resourceRef = z.object({ ...resourceId, version: word, uid: text });

const resourceNode = resourceRef.extend({
  parentRefs: listOf(resourceRef),
  info: listOf(info),
  images: listOf(z.string()),
  health: optional(healthState),
  createdAt: text,
});

export const resourceTree: z.ZodType<ArgocdResourceTree> = z.object({
  nodes: listOf(resourceNode),
  orphanedNodes: listOf(resourceNode),
});

/** Rendered manifests, each a JSON text. */
export const manifests = z.object({
  manifests: listOf(z.string()),
  revision: word,
});

const kubernetesEvent: z.ZodType<ArgocdKubernetesEvent> = z.object({
  type: text,
  reason: word,
  message: word,
  count: optional(z.number()),
  lastTimestamp: text,
  involvedObject: z.object({ kind: word, name: word, namespace: text }),
});

export const kubernetesEvents = z.object({ items: listOf(kubernetesEvent) });

export const logLine = z.object({
  result: z.object({
    content: word,
    podName: text,
    last: optional(z.boolean()),
  }),
});

const event: z.ZodType<ArgocdApplicationEvent> = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED']),
  application,
});

/** A stream that fails on its way says so in a line of its own. */
export const streamLine = z.union([
  z.object({ result: event }),
  z.object({ error: z.looseObject({ message: text }) }),
]);

export const version = z.object({ Version: z.string() });
export const userInfo = z.object({
  loggedIn: optional(z.boolean()),
  username: text,
});

export const project: z.ZodType<ArgocdProject> = z.object({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    sourceRepos: listOf(z.string()),
    destinations: listOf(
      z.object({ server: text, name: text, namespace: text }),
    ),
    clusterResourceWhitelist: listOf(
      z.object({ group: word, kind: z.string() }),
    ),
  }),
});

/** For calls whose answer says nothing. */
export const nothing = z.unknown();
