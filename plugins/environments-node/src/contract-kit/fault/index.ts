export * from './behaviours';
export { DirectoryFaultWorld } from './directoryWorld';
export * from './driver';
export * from './findings';
export * from './live';
export * from './mix';
export type { FaultPlanning } from './planning';
export type { FaultScript } from './script';
export * from './world';
