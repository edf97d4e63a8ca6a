export { driverContract } from './contract';
export * from './fixtures';
