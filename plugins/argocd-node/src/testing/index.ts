/**
 * For tests on an Argo CD, a real one or what stands in for it.
 *
 * @packageDocumentation
 */
export * from './argocdBeside';
export * from './clientContract';
export * from './cluster';
export * from './gitRepository';
export * from './localServer';
export * from './realArgocd';
export * from './serveGit';
