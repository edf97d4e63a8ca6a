/**
 * For tests on an Argo CD, a real one or what stands in for it.
 *
 * @packageDocumentation
 */
export * from './clientContract';
export * from './cluster';
export * from './gitHttpServer';
export * from './gitRepository';
export * from './realArgocd';
