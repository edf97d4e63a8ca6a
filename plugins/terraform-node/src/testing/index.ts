/**
 * For tests on real binaries.
 *
 * @packageDocumentation
 */
export * from './tools';
