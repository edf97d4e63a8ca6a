export { compareBlueprints } from './compare';
export * from './types';
