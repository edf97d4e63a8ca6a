/**
 * What a driver of environments is made of, and where it registers.
 *
 * @packageDocumentation
 */
export * from './attributes';
export * from './blueprintPermissions';
export * from './driver';
export * from './errors';
export * from './extensions';
export * from './permissions';
