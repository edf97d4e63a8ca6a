/**
 * What every part of Greenroom shares: the API's types, permissions, problems and durations.
 *
 * @packageDocumentation
 */
export { ActivityClient } from './api/activityApi';
export type { ActivityApi } from './api/activityApi';
export * from './api/activityTypes';
export * from './api/blueprintTypes';
export * from './api/bulkTypes';
export * from './api/client';
export * from './api/environmentsApi';
export { FleetClient } from './api/fleetApi';
export type { FleetApi } from './api/fleetApi';
export * from './api/fleetTypes';
export { LeaseClient } from './api/leaseApi';
export type { LeaseApi } from './api/leaseApi';
export * from './api/leaseBrakeTypes';
export { LeaseFleetClient } from './api/leaseFleetApi';
export type { LeaseFleetApi } from './api/leaseFleetApi';
export * from './api/leaseFleetTypes';
export { MoreTimeClient } from './api/leaseMoreTimeApi';
export type { MoreTimeApi } from './api/leaseMoreTimeApi';
export * from './api/leaseMoreTimeTypes';
export * from './api/leaseSleepTypes';
export * from './api/leaseTypes';
export * from './api/leaseWhatIfTypes';
export { LiveClient } from './api/liveApi';
export type { LiveApi } from './api/liveApi';
export * from './api/liveTypes';
export type { StreamLogsOptions } from './api/logStream';
export * from './api/mayBegin';
export * from './api/operationTypes';
export * from './api/orphanTypes';
export { ProblemsError } from './api/problemsError';
export * from './api/stateTypes';
export * from './api/teardownCheckTypes';
export * from './api/types';
export * from './api/upgradeTypes';
export * from './api/versionMoves';
export * from './blueprint';
export * from './blueprint/compare';
export * from './duration';
export * from './environmentName';
export * from './json';
export * from './labels';
export { formatMoney } from './money';
export * from './permissions';
export * from './problem';
export * from './schedule';
