import {
  applyInputs,
  BlueprintDocument,
  BlueprintExpressionError,
  BlueprintScope,
  componentGraph,
  environmentReads,
  JsonObject,
  Problem,
  resolveWith,
  wantedComponents,
} from '@greenroom/plugin-environments-common';

/** What an example would give each component. */
export interface Tried {
  inputs: JsonObject;
  /** What is wrong with its inputs; nothing else is known then. */
  problems: Problem[];
  components: TriedComponent[];
}

export type TriedComponent = { id: string } & (
  | { kind: 'given'; given: JsonObject }
  | { kind: 'absent' }
  | { kind: 'failed'; problem: Problem }
);

/** Resolves a right document with inputs, as for an environment called `example`. */
export function tryOut(document: BlueprintDocument, given: JsonObject): Tried {
  const { inputs, problems } = applyInputs(document, given);
  if (problems.length > 0) return { inputs, problems, components: [] };
  const scope = scopeOf(document, inputs);
  const graph = componentGraph(document);
  try {
    const wanted = wantedComponents(document, scope);
    scope.environments = otherEnvironments(document, scope, [...wanted]);
    return {
      inputs,
      problems,
      components: graph.map(({ id }) =>
        wanted.has(id) ? resolved(document, id, scope) : { id, kind: 'absent' },
      ),
    };
  } catch (error) {
    if (!(error instanceof BlueprintExpressionError)) throw error;
    return { inputs, problems: [error.problem], components: [] };
  }
}

function resolved(
  document: BlueprintDocument,
  id: string,
  scope: BlueprintScope,
): TriedComponent {
  try {
    return { id, kind: 'given', given: resolveWith(document, id, scope) };
  } catch (error) {
    if (!(error instanceof BlueprintExpressionError)) throw error;
    return { id, kind: 'failed', problem: error.problem };
  }
}

/** Nobody knows here which others there are: names stand for what they give. */
function otherEnvironments(
  document: BlueprintDocument,
  scope: BlueprintScope,
  components: string[],
): BlueprintScope['environments'] {
  const found: NonNullable<BlueprintScope['environments']> = {};
  const reads = environmentReads(document, scope, { components, outputs: [] });
  for (const { environment, output } of reads) {
    found[environment] ??= { outputs: {} };
    found[environment].outputs[output] = `‹${environment}.${output}›`;
  }
  return found;
}

/** Outputs are not known before something is made: their names stand for them. */
function scopeOf(
  document: BlueprintDocument,
  inputs: JsonObject,
): BlueprintScope {
  const { metadata, spec } = document;
  const outputs: BlueprintScope['components'] = {};
  for (const { id, uses } of componentGraph(document)) {
    outputs[id] ??= { outputs: {} };
    for (const use of uses) {
      outputs[use.component] ??= { outputs: {} };
      for (const name of use.outputs) {
        const value = `‹${use.component}.${name}›`;
        outputs[use.component].outputs[name] = { value, sensitive: false };
      }
    }
  }
  return {
    inputs,
    environment: {
      id: '00000000-0000-0000-0000-000000000000',
      name: 'example',
      slug: 'example',
      owner: spec.owner,
      type: spec.type,
    },
    owner: {
      ref: spec.owner,
      name: spec.owner.slice(spec.owner.lastIndexOf('/') + 1),
    },
    blueprint: { name: metadata.name, version: spec.version },
    components: outputs,
  };
}
