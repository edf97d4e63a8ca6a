/**
 * The stand-in, for tests that run on a real Argo CD as well.
 *
 * @packageDocumentation
 */
export * from './sandboxUnderTest';
