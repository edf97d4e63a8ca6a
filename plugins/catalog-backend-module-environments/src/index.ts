/**
 * The catalog kinds EnvironmentBlueprint and Environment, and the provider of environments.
 *
 * @packageDocumentation
 */
export { catalogModuleEnvironments as default } from './module';
