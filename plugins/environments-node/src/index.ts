/**
 * What a driver of environments is made of, and where it registers.
 *
 * @packageDocumentation
 */
export * from './activity';
export * from './attributes';
export * from './blueprintPermissions';
export * from './driver';
export * from './errors';
export * from './extensions';
export * from './live';
export * from './permissions';
