import { stringify } from 'yaml';
import { JsonObject } from '../json';
import { BlueprintDocument } from './document';
import { isObject } from './values';

/**
 * A document as YAML that reads back as the same: for authors who begin from a version. Comments
 * and the author's own layout are not kept with a version.
 */
export function blueprintText(document: BlueprintDocument): string {
  const { spec, ...head } = document as unknown as { spec: JsonObject };
  const components = Object.entries(spec.components as JsonObject).map(
    ([id, component]) => [id, withoutEmpty(component as JsonObject)],
  );
  const { inputs, ...rest } = spec;
  const said = {
    ...rest,
    ...(Object.keys(inputs as JsonObject).length > 1 && { inputs }),
    components: Object.fromEntries(components),
  };
  return stringify(
    { ...head, spec: inOrder(withoutEmpty(said)) },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

/** The parts that reading puts in place of what an author left out. */
function withoutEmpty(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, inner]) =>
        !(Array.isArray(inner) && inner.length === 0) &&
        !(isObject(inner) && Object.keys(inner).length === 0),
    ),
  );
}

/** What is asked for stands before what it is used in. */
function inOrder(spec: JsonObject): JsonObject {
  const { components, ...before } = spec;
  const { outputs, ttl, examples, ...head } = before;
  const parts = { ...head, components, outputs, ttl, examples };
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => value !== undefined),
  ) as JsonObject;
}
