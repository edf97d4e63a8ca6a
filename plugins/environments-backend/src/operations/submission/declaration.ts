import {
  BlueprintExpressionError,
  ComponentNode,
  componentGraph,
  JsonObject,
  OperationKind,
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

/** @throws InputProblemError when a condition of the blueprint has no value with these inputs */
export function declarationOf(
  environment: Pick<EnvironmentRecord, 'id' | 'name' | 'owner' | 'type'>,
  blueprint: PublishedBlueprint,
  inputs: JsonObject,
): OperationDeclaration {
  const { document, versionId } = blueprint;
  const scope = requestScope(environment, blueprint, inputs);
  const wanted = wantedOf(() => wantedComponents(document, scope));
  return {
    blueprintVersionId: versionId,
    inputs,
    components: componentGraph(document)
      .filter(({ id }) => wanted.has(id))
      .map(node => ({
        ...node,
        uses: node.uses.filter(({ component }) => wanted.has(component)),
      })),
  };
}

function wantedOf(wanted: () => Set<string>): Set<string> {
  try {
    return wanted();
  } catch (error) {
    if (!(error instanceof BlueprintExpressionError)) throw error;
    throw new InputProblemError(error.problem);
  }
}
