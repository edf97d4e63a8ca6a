/**
 * The driver that makes components with OpenTofu or Terraform.
 *
 * @packageDocumentation
 */
export { environmentsModuleTerraform as default } from './module';
export { readOutputs } from './source/outputs';
export type { PlatformVariables } from './source/values';
export { checkModule, validateSource } from './validateSource';
