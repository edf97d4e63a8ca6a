/**
 * For tests of drivers and of what runs them.
 *
 * @packageDocumentation
 */
export * from './contract';
export * from './contractFixtures';
export * from './faultBehaviours';
export * from './faultDriver';
export * from './faultWorld';
export * from './stateServer';
