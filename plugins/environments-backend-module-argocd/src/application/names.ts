import { createHash } from 'node:crypto';
import {
  ArgocdApplication,
  ArgocdManifest,
} from '@greenroom/plugin-argocd-node';
import { DriverEnvironment } from '@greenroom/plugin-environments-node';

/** What an application, and the namespace it made, belong to. */
export interface Owner {
  environment: DriverEnvironment;
  component: string;
}

export const ENVIRONMENT_LABEL = 'greenroom.dev/environment';
export const COMPONENT_LABEL = 'greenroom.dev/component';
/** Names the info that Greenroom gives its own syncs. */
export const OWN_INFO = 'greenroom';
export const REHEARSAL_LABEL = 'greenroom.dev/rehearsal';
/** How Argo CD knows what belongs to which application, unless it was told to go by a label. */
export const TRACKING_ANNOTATION = 'argocd.argoproj.io/tracking-id';

/**
 * The name of a component's application: the same at each call, and another one for each
 * environment, also for one that is made again under the name of a former one. It has at most 53
 * characters, as many as Helm takes for a release.
 */
export function applicationName({ environment, component }: Owner): string {
  const digest = createHash('sha256')
    .update(`${environment.id}/${component}`)
    .digest('hex');
  const readable = [environment.name.slice(0, 30), component.slice(0, 13)]
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-');
  return `${readable}-${digest.slice(0, 8)}`;
}

/** The name of the application that a plan is tried with; it is there only while one is made. */
export function rehearsalName(application: string): string {
  return `${application}-plan`;
}

/** On everything that Greenroom makes itself. */
export function ownLabels({ environment, component }: Owner) {
  return {
    'app.kubernetes.io/managed-by': 'greenroom',
    [ENVIRONMENT_LABEL]: environment.id,
    [COMPONENT_LABEL]: component,
  };
}

/** For people who look at the application in Argo CD. */
export function ownAnnotations({ environment }: Owner) {
  return {
    'greenroom.dev/environment-name': environment.name,
    'greenroom.dev/owner': environment.owner,
  };
}

/** Whether it is there for a plan alone. */
export function isRehearsal(labels: Record<string, string> = {}): boolean {
  return labels[REHEARSAL_LABEL] === 'true';
}

export function isOwn(
  { environment, component }: Owner,
  { metadata: { labels = {} } }: Pick<ArgocdApplication, 'metadata'>,
): boolean {
  return (
    labels[ENVIRONMENT_LABEL] === environment.id &&
    labels[COMPONENT_LABEL] === component
  );
}

/** Whether no environment has it. */
export function isNobodys({
  metadata: { labels = {} },
}: Pick<ArgocdApplication, 'metadata'>): boolean {
  return labels[ENVIRONMENT_LABEL] === undefined;
}

/**
 * Lets Argo CD take a namespace that it makes for one of the application's own: it goes with the
 * application, and after everything else.
 */
export function namespaceMarks(application: string, namespace: string) {
  return {
    [TRACKING_ANNOTATION]: `${application}:/Namespace:${namespace}/${namespace}`,
    'argocd.argoproj.io/sync-wave': '-1000',
  };
}

/** The application that an object in the cluster belongs to; undefined for none. */
export function trackedBy({ metadata }: ArgocdManifest): string | undefined {
  const { annotations } = (metadata ?? {}) as {
    annotations?: Record<string, string>;
  };
  return annotations?.[TRACKING_ANNOTATION]?.split(':')[0];
}
