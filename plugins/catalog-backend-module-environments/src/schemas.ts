import {
  BLUEPRINT_KIND,
  blueprintSchema,
  ENVIRONMENT_API_VERSION,
  ENVIRONMENT_KIND,
} from '@greenroom/plugin-environments-common';

const { type, owner, lifecycle, version } =
  blueprintSchema.properties.spec.properties;

/**
 * Of a blueprint the catalog checks what it shows and relates. The rest of the document is judged
 * where it is published, which knows lines and columns: a blueprint with a slip stays to be seen
 * in the portal beside its problems, where the catalog would drop it and log why.
 */
export const blueprintEntitySchema = {
  $id: 'EnvironmentBlueprintEntity',
  type: 'object',
  required: ['apiVersion', 'kind', 'spec'],
  properties: {
    apiVersion: { enum: [ENVIRONMENT_API_VERSION] },
    kind: { enum: [BLUEPRINT_KIND] },
    spec: {
      type: 'object',
      required: ['type', 'owner', 'version'],
      properties: { type, owner, lifecycle, version },
    },
  },
};

export const environmentEntitySchema = {
  $id: 'EnvironmentEntity',
  type: 'object',
  required: ['apiVersion', 'kind', 'spec'],
  properties: {
    apiVersion: { enum: [ENVIRONMENT_API_VERSION] },
    kind: { enum: [ENVIRONMENT_KIND] },
    spec: {
      type: 'object',
      additionalProperties: false,
      required: ['type', 'owner', 'lifecycle', 'blueprint', 'version'],
      properties: {
        type,
        owner,
        lifecycle: { enum: ['temporary', 'permanent'] },
        blueprint: { type: 'string', minLength: 1 },
        version,
      },
    },
  },
};
