/**
 * Development only: sign in as one of the sample people of the catalog.
 *
 * @packageDocumentation
 */
export { authModuleSampleUsers as default } from './module';
