/**
 * For tests of drivers and of what runs them.
 *
 * @packageDocumentation
 */
export * from './contract';
export * from './fault';
export * from './stateServer';
