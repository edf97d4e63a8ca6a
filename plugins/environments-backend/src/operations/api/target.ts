import {
  JsonObject,
  Problem,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import { BlueprintService, PublishedBlueprint } from '../../blueprints/service';
import { InputVault, shownInputs } from '../../environments/inputVault';
import { EnvironmentRecord } from '../../environments/types';
import { InputProblemError } from '../../errors';
import { declarationOf } from '../submission/declaration';
import { wantedInputs } from './wantedInputs';

/** What an operation wants an environment to be. */
export interface Target {
  blueprintVersionId: string;
  /** Secrets are sealed. */
  inputs: JsonObject;
}

/**
 * Checks what a request wants the environment to be, against the version that it is to be made of.
 *
 * @param present what the environment is, or is going to be once all that is asked for is done
 * @returns undefined for kinds that leave version and inputs as they are
 * @throws InputProblemError with all that is wrong
 * @throws NotFoundProblemError when there is no such version, or it is not published
 */
export async function checkTarget(
  request: SubmitOperationRequest,
  {
    environment,
    present,
    blueprints,
    inputVault,
  }: {
    environment: EnvironmentRecord;
    present: Target;
    blueprints: Pick<BlueprintService, 'getById' | 'getForRequest'>;
    inputVault: InputVault;
  },
): Promise<Target | undefined> {
  const unwanted = unwantedProblems(request);
  if (unwanted.length > 0) throw new InputProblemError(unwanted);
  if (request.kind !== 'update' && request.kind !== 'upgrade') return undefined;

  const now = await blueprints.getById(present.blueprintVersionId);
  const blueprint =
    request.kind === 'update'
      ? now
      : await blueprints.getForRequest({
          name: now.name,
          version: request.version,
        });
  if (request.kind === 'upgrade' && blueprint.versionId === now.versionId) {
    throw new InputProblemError(sameVersionProblem(blueprint));
  }
  const { inputs, problems } = wantedInputs(
    blueprint.document,
    request.inputs ?? shownInputs(present.inputs),
    present.inputs,
    { environmentId: environment.id, vault: inputVault },
  );
  if (problems.length > 0) throw new InputProblemError(problems);
  // Said now rather than when its turn comes: a condition may have no answer with these inputs.
  declarationOf(environment, blueprint, inputs);
  return { blueprintVersionId: blueprint.versionId, inputs };
}

function unwantedProblems(request: SubmitOperationRequest): Problem[] {
  const { kind, inputs, version } = request;
  const problems: Problem[] = [];
  if (version !== undefined && kind !== 'upgrade') {
    problems.push({
      code: 'operation.version.unwanted',
      field: '/version',
      message: `"${kind}" keeps the version that the environment has.`,
      remedy: 'Leave the version out, or ask for an upgrade.',
    });
  }
  if (inputs !== undefined && kind !== 'update' && kind !== 'upgrade') {
    problems.push({
      code: 'operation.inputs.unwanted',
      field: '/inputs',
      message: `"${kind}" keeps the inputs that the environment has.`,
      remedy: 'Leave the inputs out, or ask for an update.',
    });
  }
  return problems;
}

function sameVersionProblem({ title, version }: PublishedBlueprint): Problem {
  return {
    code: 'operation.version.same',
    field: '/version',
    message: `The environment is made of ${title} ${version} already, or is going to be.`,
    remedy: 'Name another version, or ask for an update.',
  };
}
