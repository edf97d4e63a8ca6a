import { Entity } from '@backstage/catalog-model';
import { BLUEPRINT_API_VERSION, BLUEPRINT_KIND } from './document';

export const ENVIRONMENT_API_VERSION = 'greenroom.dev/v1';
export const ENVIRONMENT_KIND = 'Environment';

/** On an Environment: its id in the environments API. */
export const ANNOTATION_ENVIRONMENT_ID = 'greenroom.dev/environment-id';

/** From an Environment to the blueprint it was made of, and back. */
export const RELATION_INSTANCE_OF = 'instanceOf';
export const RELATION_HAS_INSTANCE = 'hasInstance';

/** A blueprint as the catalog has it: the author's document. */
export interface EnvironmentBlueprintEntity extends Entity {
  apiVersion: typeof BLUEPRINT_API_VERSION;
  kind: typeof BLUEPRINT_KIND;
  spec: {
    type: string;
    owner: string;
    lifecycle?: string;
    version: string;
  } & Entity['spec'];
}

/**
 * One environment as the catalog has it: what stays the same while it lives. What it is doing
 * at the moment is for the environments API to say.
 */
export interface EnvironmentEntity extends Entity {
  apiVersion: typeof ENVIRONMENT_API_VERSION;
  kind: typeof ENVIRONMENT_KIND;
  spec: {
    type: string;
    owner: string;
    /** `temporary` when it expires, else `permanent`. */
    lifecycle: 'temporary' | 'permanent';
    /** Entity ref. */
    blueprint: string;
    version: string;
  };
}
