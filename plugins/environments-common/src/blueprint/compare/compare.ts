import { JsonObject } from '../../json';
import { BlueprintDocument } from '../document';
import { asObject } from '../values';
import { compareComponents } from './components';
import { changeOf, differences, isSame, keysOf, own } from './differences';
import { compareInputs } from './inputs';
import { BlueprintChange } from './types';

/**
 * What differs between two versions of a blueprint, in the order of a document: inputs,
 * components, outputs, the rest. Everything that differs is told, except the version itself and
 * what has no meaning: the order of keys, and that of required inputs.
 *
 * @public
 */
export function compareBlueprints(
  before: BlueprintDocument,
  after: BlueprintDocument,
): BlueprintChange[] {
  const [old, now] = [before, after].map(sectionsOf);
  return [
    ...compareInputs(old.inputs, now.inputs),
    ...compareComponents(old.components, now.components),
    ...compareOutputs(old.outputs, now.outputs),
    ...differences(old.ttl, now.ttl, ['spec', 'ttl']).map(difference =>
      changeOf('ttl.changed', difference),
    ),
    ...differences(old.rest, now.rest, ['spec']).map(difference =>
      changeOf('spec.changed', difference),
    ),
    ...differences(old.metadata, now.metadata, ['metadata']).map(difference =>
      changeOf('metadata.changed', difference),
    ),
  ];
}

/** A document is JSON; as such it is compared, with whatever fields a later release brings. */
function sectionsOf(document: BlueprintDocument) {
  const { metadata, spec } = document as unknown as JsonObject;
  const {
    inputs,
    components,
    outputs,
    ttl,
    version: _own,
    ...rest
  } = asObject(spec);
  return {
    inputs: asObject(inputs),
    components: asObject(components),
    outputs: asObject(outputs),
    ttl: asObject(ttl),
    rest: filled(rest),
    metadata: asObject(metadata),
  };
}

/** Without what is empty: a document that was kept before a field was known does not have it. */
function filled(map: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(map).filter(
      ([, value]) => !isSame(value, []) && !isSame(value, {}),
    ),
  );
}

function compareOutputs(
  before: JsonObject,
  after: JsonObject,
): BlueprintChange[] {
  return keysOf(before, after).flatMap(name => {
    const path = ['spec', 'outputs', name];
    const pair = { path, before: own(before, name), after: own(after, name) };
    if (isSame(pair.before, pair.after)) return [];
    if (pair.before === undefined) return changeOf('output.added', pair);
    if (pair.after === undefined) return changeOf('output.removed', pair, true);
    return differences(pair.before, pair.after, path).map(difference =>
      changeOf('output.changed', difference),
    );
  });
}
