/**
 * The driver that makes components as Argo CD applications.
 *
 * @packageDocumentation
 */
export { applicationName, type Owner, ownLabels } from './application/names';
export { readLive } from './live/live';
export { environmentsModuleArgocd as default } from './module';
