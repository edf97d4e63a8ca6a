/**
 * For tests of drivers and of what runs them.
 *
 * @packageDocumentation
 */
export * from './contract';
export * from './contractFixtures';
export * from './fault';
export * from './stateServer';
