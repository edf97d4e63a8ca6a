/**
 * For tests on a real Argo CD.
 *
 * @packageDocumentation
 */
export * from './cluster';
export * from './gitRepository';
export * from './realArgocd';
