import {
  ArgocdApplicationSummary,
  ArgocdClient,
} from '@greenroom/plugin-argocd-node';
import {
  COMPONENT_LABEL,
  ENVIRONMENT_LABEL,
  isRehearsal,
  Owner,
} from './names';

/** The application with the component's labels, if this instance has it, in whatever project. */
export async function labelledApplication(
  client: ArgocdClient,
  { environment, component }: Owner,
  signal: AbortSignal,
): Promise<ArgocdApplicationSummary | undefined> {
  const selector = `${ENVIRONMENT_LABEL}=${environment.id},${COMPONENT_LABEL}=${component}`;
  const found = await client.listApplications({ selector }, signal);
  return found.find(one => !isRehearsal(one.labels));
}
