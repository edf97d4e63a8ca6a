import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import {
  BLUEPRINT_KIND,
  ENVIRONMENT_API_VERSION,
  ENVIRONMENT_KIND,
  RELATION_HAS_INSTANCE,
  RELATION_INSTANCE_OF,
} from '@greenroom/plugin-environments-common';
import { blueprintEntitySchema, environmentEntitySchema } from './schemas';

/** Field of the spec, the kind that is meant when none is said, and the pair of relations. */
type RelationRule = [string, string, string, string];

const OWNER: RelationRule = [
  'owner',
  'Group',
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
];
const RELATIONS: Record<string, RelationRule[]> = {
  [BLUEPRINT_KIND]: [OWNER],
  [ENVIRONMENT_KIND]: [
    OWNER,
    ['blueprint', BLUEPRINT_KIND, RELATION_INSTANCE_OF, RELATION_HAS_INSTANCE],
  ],
};

/** Makes the kinds EnvironmentBlueprint and Environment known to the catalog. */
export class EnvironmentKindsProcessor implements CatalogProcessor {
  readonly #validators: Record<string, ValidateFunction>;

  constructor() {
    const ajv = new Ajv({ allErrors: true, verbose: true, strict: false });
    this.#validators = {
      [BLUEPRINT_KIND]: ajv.compile(blueprintEntitySchema),
      [ENVIRONMENT_KIND]: ajv.compile(environmentEntitySchema),
    };
  }

  getProcessorName(): string {
    return 'EnvironmentKindsProcessor';
  }

  /** @throws InputError that names each field that is wrong */
  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isOurs(entity)) return false;
    const validate = this.#validators[entity.kind];
    if (validate(entity)) return true;
    throw new InputError((validate.errors ?? []).map(inWords).join('; '));
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (!isOurs(entity)) return entity;
    const self = getCompoundEntityRef(entity);
    for (const [field, defaultKind, type, reverse] of RELATIONS[entity.kind]) {
      const ref = entity.spec?.[field];
      if (typeof ref !== 'string') continue;
      const target = parseEntityRef(ref, {
        defaultKind,
        defaultNamespace: self.namespace,
      });
      emit(processingResult.relation({ source: self, type, target }));
      emit(
        processingResult.relation({
          source: target,
          type: reverse,
          target: self,
        }),
      );
    }
    return entity;
  }
}

function isOurs(entity: Entity): boolean {
  return (
    entity.apiVersion === ENVIRONMENT_API_VERSION &&
    Object.hasOwn(RELATIONS, entity.kind)
  );
}

function inWords(error: ErrorObject): string {
  const { keyword, params, message, parentSchema } = error;
  const field = error.instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'required') {
    return `${field ? `${field}.` : ''}${params.missingProperty} is missing`;
  }
  if (keyword === 'additionalProperties') {
    return `${field} has no field "${params.additionalProperty}"`;
  }
  const expected = (parentSchema as { errorMessage?: string } | undefined)
    ?.errorMessage;
  return `${field} ${keyword === 'pattern' && expected ? `must be ${expected}` : message}`;
}
