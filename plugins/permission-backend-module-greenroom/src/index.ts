/**
 * The permission policy of Greenroom: roles from configuration, owners act on what they own.
 *
 * @packageDocumentation
 */
export { permissionModuleGreenroom as default } from './module';
