/**
 * A typed client of Argo CD's REST API, for several named instances.
 *
 * @packageDocumentation
 */
export * from './client';
export type { ArgocdCredentials, ArgocdInstanceConfig } from './config';
export { readArgocdConfig } from './config';
export * from './errors';
export * from './instances';
export * from './operation';
export * from './requests';
export * from './types';
