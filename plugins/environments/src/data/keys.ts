import { ListEnvironmentsQuery } from '@greenroom/plugin-environments-common';

const live = ['environments', 'live'] as const;

/** Keys of cached answers; everything below `live` changes while one looks at it. */
export const keys = {
  live,
  list: (query: ListEnvironmentsQuery) => [...live, 'list', query] as const,
  counts: [...live, 'counts'] as const,
  environment: (by: { id: string } | { name: string }) =>
    [...live, 'environment', by] as const,
  resources: (id: string) => [...live, 'resources', id] as const,
  operations: (id: string) => [...live, 'operations', id] as const,
  operation: (id: string) => [...live, 'operation', id] as const,
  blueprints: (search: string) => [...live, 'blueprints', search] as const,
  blueprint: (name: string) => [...live, 'blueprint', name] as const,
  blueprintVersion: (name: string, version: string) =>
    ['environments', 'version', name, version] as const,
};
