import {
  BulkRequest,
  ListEnvironmentsQuery,
  ListOperationsQuery,
  ListOrphansQuery,
} from '@greenroom/plugin-environments-common';

const live = ['environments', 'live'] as const;

/** Keys of cached answers; everything below `live` changes while one looks at it. */
export const keys = {
  live,
  list: (query: ListEnvironmentsQuery) => [...live, 'list', query] as const,
  counts: [...live, 'counts'] as const,
  /** Not among what is live: what somebody reads before they decide stays as it is. */
  bulk: (request: BulkRequest) => ['environments', 'bulk', request] as const,
  environment: (by: { id: string } | { name: string }) =>
    [...live, 'environment', by] as const,
  upgrade: (id: string, version?: string) =>
    [...live, 'upgrade', id, version] as const,
  lease: (environmentId: string) => [...live, 'lease', environmentId] as const,
  leaseEntries: (environmentId: string, query: object) =>
    [...live, 'leaseEntries', environmentId, query] as const,
  /** What runs, by the systems that run it. */
  running: (environmentId: string) =>
    [...live, 'running', environmentId] as const,
  runningComponent: (environmentId: string, component: string) =>
    [...live, 'runningComponent', environmentId, component] as const,
  resources: (id: string) => [...live, 'resources', id] as const,
  operations: (query: ListOperationsQuery) =>
    [...live, 'operations', query] as const,
  operationNumber: (environmentId: string, number: number) =>
    ['environments', 'operationNumber', environmentId, number] as const,
  operation: (id: string) => [...live, 'operation', id] as const,
  plan: (operationId: string) => [...live, 'plan', operationId] as const,
  orphans: (query: ListOrphansQuery) => [...live, 'orphans', query] as const,
  failedTeardowns: (query: ListOrphansQuery) =>
    [...live, 'failedTeardowns', query] as const,
  failingChecks: (query: ListOrphansQuery) =>
    [...live, 'failingChecks', query] as const,
  extendOffer: (token: string) => [...live, 'extendOffer', token] as const,
  states: (environmentId: string, query: object) =>
    [...live, 'states', environmentId, query] as const,
  blueprints: (search: string) => [...live, 'blueprints', search] as const,
  blueprint: (name: string) => [...live, 'blueprint', name] as const,
  blueprintVersion: (name: string, version?: string) =>
    version
      ? (['environments', 'version', name, version] as const)
      : (['environments', 'version', name] as const),
  blueprintSource: (name: string, version: string) =>
    ['environments', 'source', name, version] as const,
  comparison: (name: string, from: string, to: string) =>
    [...live, 'comparison', name, from, to] as const,
  impact: (name: string, to: string, from?: string) =>
    [...live, 'impact', name, to, from] as const,
  entity: (ref: string) => ['catalog', 'entity', ref] as const,
};
