/**
 * Blueprints, environments, operations, leases and states: the domain of Greenroom.
 *
 * @packageDocumentation
 */
export { environmentsPlugin as default } from './plugin';
export { environmentsWorkerPlugin } from './workerPlugin';
