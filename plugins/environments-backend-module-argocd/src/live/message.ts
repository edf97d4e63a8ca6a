import { ArgocdApplication } from '@greenroom/plugin-argocd-node';

/** What an application names of many that are not well; the others are among its resources. */
const MOST_NAMED = 5;

/** Why it can't be compared or is not well, where Argo CD knows. */
export function messageOf({ status }: ArgocdApplication): string | undefined {
  const { conditions, health, resources } = status;
  // Warnings, as that of resources that nobody owns, are no reason.
  const errors = conditions.filter(({ type }) => type.endsWith('Error'));
  const unwell =
    health.status === 'Healthy' || health.status === 'Suspended'
      ? []
      : resources.filter(one => one.health?.status === health.status);
  const words = [
    ...errors.map(({ message }) => message),
    ...unwell
      .slice(0, MOST_NAMED)
      .map(
        ({ kind, name, health: its }) =>
          `${kind}/${name} is ${its?.status}${its?.message ? `: ${its.message}` : ''}`,
      ),
  ];
  return words.join('; ') || undefined;
}
