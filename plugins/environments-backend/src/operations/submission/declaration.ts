import {
  BlueprintExpressionError,
  ComponentNode,
  componentGraph,
  EnvironmentRead,
  environmentReads,
  EstimatedCost,
  estimatedCost,
  JsonObject,
  OperationKind,
  readsEnvironments,
  wantedComponents,
} from '@greenroom/plugin-environments-common';
import { PublishedBlueprint } from '../../blueprints/types';
import { EnvironmentRecord } from '../../environments/types';
import { InputProblemError } from '../../errors';
import { requestScope } from './requestScope';

/** What an operation wants an environment to be, component by component. */
export interface OperationDeclaration {
  blueprintVersionId: string;
  inputs: JsonObject;
  /** By the estimate of the blueprint's author. */
  cost?: EstimatedCost;
  /** Each follows what it uses; what an environment does without is left out, and is used by none. */
  components: ComponentNode[];
}

/** Kinds after which the environment is what they wanted it to be. */
export const DECLARING: ReadonlySet<OperationKind> = new Set<OperationKind>([
  'create',
  'update',
  'upgrade',
  'resume',
  'remediate',
]);

/** After these the environment gives what its blueprint says; a paused one keeps what it gave. */
export const GIVES_OUTPUTS: ReadonlySet<OperationKind> = new Set<OperationKind>(
  ['create', 'update', 'upgrade', 'resume', 'remediate', 'adopt'],
);

type Declared = Pick<EnvironmentRecord, 'id' | 'name' | 'owner' | 'type'>;

/** @throws InputProblemError when a condition of the blueprint has no value with these inputs */
export function declarationOf(
  environment: Declared,
  blueprint: PublishedBlueprint,
  inputs: JsonObject,
): OperationDeclaration {
  const { document, versionId } = blueprint;
  const scope = requestScope(environment, blueprint, inputs);
  const wanted = wantedOf(() => wantedComponents(document, scope));
  return {
    blueprintVersionId: versionId,
    inputs,
    cost: estimatedCost(document, scope),
    components: componentGraph(document)
      .filter(({ id }) => wanted.has(id))
      .map(node => ({
        ...node,
        uses: node.uses.filter(({ component }) => wanted.has(component)),
      })),
  };
}

/**
 * What an operation reads of other environments. A destroy reads nothing: by then they may be gone.
 *
 * @throws InputProblemError when the name of one has no value with these inputs
 */
export function readsOf({
  kind,
  environment,
  blueprint,
  inputs,
}: {
  kind: OperationKind;
  environment: Declared;
  blueprint: PublishedBlueprint;
  inputs: JsonObject;
}): EnvironmentRead[] {
  const { document } = blueprint;
  if (kind === 'destroy' || !readsEnvironments(document)) return [];
  const scope = requestScope(environment, blueprint, inputs);
  return wantedOf(() =>
    environmentReads(document, scope, {
      // What is taken as it is, is taken as it was made.
      components:
        kind === 'adopt' ? [] : [...wantedComponents(document, scope)],
      outputs: GIVES_OUTPUTS.has(kind)
        ? Object.keys(document.spec.outputs)
        : [],
    }),
  );
}

function wantedOf<T>(wanted: () => T): T {
  try {
    return wanted();
  } catch (error) {
    if (!(error instanceof BlueprintExpressionError)) throw error;
    throw new InputProblemError(error.problem);
  }
}
