/**
 * The portal's pages of environments and blueprints, and the parts of them
 * that other pages show too.
 *
 * @packageDocumentation
 */
export { environmentsPlugin as default } from './plugin';
export { environmentsApiRef } from './api';
export { EnvironmentStateBadge } from './state/EnvironmentStateBadge';
export { TimeLeft } from './time/TimeLeft';
