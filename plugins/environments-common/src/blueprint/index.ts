export * from './document';
export type { ComponentNode } from './graph';
export { componentGraph } from './graph';
export { applyInputs } from './inputs';
export { inputNames } from './inputSchema';
export * from './parse';
export * from './resolve';
export { blueprintSchema } from './schema';
export * from './ttl';
