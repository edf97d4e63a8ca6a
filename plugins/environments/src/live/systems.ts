import {
  Environment,
  LiveComponents,
} from '@greenroom/plugin-environments-common';

/** What the systems are called that look after components by themselves, by their drivers. */
const SYSTEMS: Record<string, string> = { argocd: 'Argo CD' };

/** The components of an environment that some system goes on looking after. */
export function lookedAfter({ components }: Pick<Environment, 'components'>) {
  return components.filter(({ driver }) => driver in SYSTEMS);
}

export function systemName(driver: string): string {
  return SYSTEMS[driver] ?? driver;
}

/**
 * What the systems of an environment are called together: the name of the only one, `Live` for
 * several. Undefined where nothing looks after its components between operations.
 */
export function systemsOf(
  environment: Pick<Environment, 'components' | 'state'>,
  live?: LiveComponents,
): string | undefined {
  if (environment.state === 'destroyed') return undefined;
  const drivers = new Set([
    ...lookedAfter(environment).map(({ driver }) => driver),
    ...(live?.items ?? []).map(({ driver }) => driver),
  ]);
  if (drivers.size === 0) return live?.problems.length ? 'Live' : undefined;
  const [only, other] = [...drivers].map(systemName);
  return other === undefined ? only : 'Live';
}
