/**
 * A small server that stands in for Argo CD, for development and demonstration only.
 *
 * @packageDocumentation
 */
export type { Account } from './accounts';
export { HEALTH_ANNOTATION } from './cluster';
export type { Delays } from './controller';
export { SYNC_ANNOTATION } from './taking';
export * from './server';
