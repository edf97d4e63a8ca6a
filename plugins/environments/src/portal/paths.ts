import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  EnvironmentState,
  OperationSummary,
} from '@greenroom/plugin-environments-common';
import { useMemo } from 'react';
import { rootRouteRef } from '../routes';

/** What is needed to link to an environment. */
export interface EnvironmentLink {
  id: string;
  name: string;
  state: EnvironmentState;
}

/** Addresses of the pages, below wherever the app has put them. */
export function usePaths() {
  const root = useRouteRef(rootRouteRef)?.() ?? '/environments';
  return useMemo(() => pathsBelow(root.replace(/\/$/, '')), [root]);
}

export function pathsBelow(root: string) {
  /** The name of a destroyed environment may be in use again: only the id tells it apart. */
  const which = ({ id, state }: Pick<EnvironmentLink, 'id' | 'state'>) =>
    state === 'destroyed' ? `?id=${encodeURIComponent(id)}` : '';
  const named = (name: string) => `${root}/e/${encodeURIComponent(name)}`;
  return {
    environments: (query = '') => `${root}${query}`,
    environment: (link: EnvironmentLink) => `${named(link.name)}${which(link)}`,
    /** What runs of an environment, with one component in front where it is named. */
    live: (link: Pick<EnvironmentLink, 'name'>, component?: string) =>
      `${named(link.name)}?tab=live${component ? `&component=${encodeURIComponent(component)}` : ''}`,
    /** For what only knows an environment's name: whether it still lives shows once one is there. */
    environmentById: (id: string, name: string) =>
      `${named(name)}?id=${encodeURIComponent(id)}`,
    change: (kind: 'update' | 'upgrade', name: string) =>
      `${named(name)}/${kind}`,
    operation: (
      link: EnvironmentLink,
      operation: Pick<OperationSummary, 'number'>,
    ) => `${named(link.name)}/operations/${operation.number}${which(link)}`,
    /** From lists over many environments, which may be destroyed by now. */
    operationOf: (
      operation: Pick<
        OperationSummary,
        'number' | 'environmentId' | 'environmentName'
      >,
    ) =>
      `${named(operation.environmentName)}/operations/${operation.number}?id=${encodeURIComponent(operation.environmentId)}`,
    operations: (query = '') => `${root}/operations${query}`,
    leases: (view = 'next', query = '') =>
      view === 'next'
        ? `${root}/leases${query}`
        : `${root}/leases/${view}${query}`,
    orphans: (query = '') => `${root}/orphans${query}`,
    fleetUpgrades: () => `${root}/fleet`,
    fleetUpgrade: (id: string) => `${root}/fleet/${encodeURIComponent(id)}`,
    newFleetUpgrade: (blueprint?: string) =>
      blueprint
        ? `${root}/fleet/new?blueprint=${encodeURIComponent(blueprint)}`
        : `${root}/fleet/new`,
    /** To a version that may not be the recommended one. */
    upgradeTo: (name: string, version: string) =>
      `${named(name)}/upgrade?version=${encodeURIComponent(version)}`,
    blueprints: () => `${root}/blueprints`,
    blueprint: (name: string, query = '') =>
      `${root}/blueprints/${encodeURIComponent(name)}${query}`,
    newBlueprint: () => `${root}/blueprints/new`,
    editBlueprint: (name: string, version?: string) =>
      `${root}/blueprints/${encodeURIComponent(name)}/edit${version ? `?version=${encodeURIComponent(version)}` : ''}`,
    create: (blueprint?: string, version?: string) =>
      blueprint
        ? `${root}/create/${encodeURIComponent(blueprint)}${version ? `?version=${encodeURIComponent(version)}` : ''}`
        : `${root}/create`,
    /** With a label, written as `key` or `key=value`. */
    labelled: (text: string) =>
      `${root}?scope=all&label=${encodeURIComponent(text)}`,
    environmentsOf: (blueprint: string) =>
      `${root}?scope=all&blueprint=${encodeURIComponent(blueprint)}`,
  };
}
