import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  EntityLink,
} from '@backstage/catalog-model';
import {
  ANNOTATION_ENVIRONMENT_ID,
  Environment,
  ENVIRONMENT_API_VERSION,
  ENVIRONMENT_KIND,
  EnvironmentEntity,
  EnvironmentOutput,
} from '@greenroom/plugin-environments-common';

/**
 * An environment as the catalog shows it. Nothing in it changes while the environment just
 * works or rests: each change of an entity costs the catalog a new processing.
 */
export function environmentEntity(environment: Environment): EnvironmentEntity {
  const { id, name, owner, type, labels, blueprint, lease, outputs } =
    environment;
  const location = `environments:${id}`;
  const links = outputs.flatMap(linkOf);
  return {
    apiVersion: ENVIRONMENT_API_VERSION,
    kind: ENVIRONMENT_KIND,
    metadata: {
      name,
      description: `Made of ${blueprint.title} ${blueprint.version}`,
      ...(Object.keys(labels).length > 0 && { labels }),
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_ENVIRONMENT_ID]: id,
      },
      ...(links.length > 0 && { links }),
    },
    spec: {
      type,
      owner,
      lifecycle: lease.expiresAt ? 'temporary' : 'permanent',
      blueprint: blueprint.entityRef,
      version: blueprint.version,
    },
  };
}

/** Outputs that one can open; a sensitive one comes without its value. */
function linkOf({ title, value }: EnvironmentOutput): EntityLink[] {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) return [];
  return URL.canParse(value) ? [{ url: value, title }] : [];
}
