/**
 * The driver that makes components with OpenTofu or Terraform.
 *
 * @packageDocumentation
 */
export { environmentsModuleTerraform as default } from './module';
