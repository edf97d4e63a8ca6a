/**
 * Runs OpenTofu or Terraform as a child process and turns what it says into data.
 *
 * @packageDocumentation
 */
export type { ProviderSource } from './cliConfig';
export * from './errors';
export * from './events';
export * from './planDocument';
export * from './runner';
export * from './tool';
