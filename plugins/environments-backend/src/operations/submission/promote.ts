import { Knex } from 'knex';
import {
  ComponentNode,
  JsonObject,
  OperationKind,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../../blueprints/service';
import { PublishedBlueprint } from '../../blueprints/types';
import { EnvironmentChanges } from '../../environments/changes';
import { begin, INITIAL_STATE } from '../../environments/lifecycle';
import { EnvironmentReads, ReadRecord } from '../../environments/reads';
import { EnvironmentRecord } from '../../environments/types';
import { IdMaker } from '../../ids';
import { LeaseService } from '../../leases/service';
import { StateService } from '../../states/service';
import { declarationOf } from './declaration';
import { draftOperation } from './draft';
import { EnvironmentMovedOnError } from '../errors';
import { StepDraft } from '../machine/steps';
import { OperationStore } from '../store/operations';
import { ReadStore } from '../store/reads';
import { StepStore } from '../store/steps';
import { OperationRecord } from '../types';

/** Gives operations their environment, as soon as nothing is before them. */
export class OperationPromoter {
  constructor(
    private readonly options: {
      environments: EnvironmentChanges;
      operations: OperationStore;
      steps: StepStore;
      reads: EnvironmentReads;
      readStore: ReadStore;
      blueprints: Pick<BlueprintService, 'getById'>;
      states: Pick<StateService, 'prepare'>;
      leases: Pick<LeaseService, 'requireUnprotected'>;
      ids: IdMaker;
    },
  ) {}

  /**
   * Makes a pending operation queued: only now its steps are known, since they follow from what
   * exists. Moves the environment, unless it is a dry run.
   *
   * @param environment as the caller's transaction has it locked
   * @throws ProblemError when it can't begin with the environment as it is; something may have
   * been written by then
   */
  async promote(
    tx: Knex.Transaction,
    operation: OperationRecord,
    environment: EnvironmentRecord,
  ): Promise<void> {
    const { environments, operations, states, readStore } = this.options;
    const { id, environmentId, kind, dryRun } = operation;
    await this.requireUnprotected(tx, operation, environment);
    await this.#begin(tx, environment, operation);

    const target = targetOf(operation, environment);
    const { wanted, read } = await this.#want(tx, operation, {
      environment,
      target,
    });
    const draft = draftOperation({
      kind,
      dryRun,
      wanted,
      components: await environments.components(tx, environmentId),
    });
    await readStore.insert(tx, id, read);
    await operations.promote(tx, id, { ...target, drivers: draft.drivers });
    await states.prepare(tx, environmentId, draft.components);
    await this.#insertSteps(tx, id, draft.steps);
  }

  /** @throws EnvironmentProtectedError when it would destroy what is protected */
  async requireUnprotected(
    tx: Knex.Transaction,
    { kind, dryRun }: Pick<OperationRecord, 'kind' | 'dryRun'>,
    environment: Pick<EnvironmentRecord, 'id' | 'name'>,
  ): Promise<void> {
    if (kind !== 'destroy' || dryRun) return;
    await this.options.leases.requireUnprotected(tx, environment);
  }

  /**
   * Whether an operation that has to wait could read now what it is going to read.
   *
   * @throws InputProblemError
   */
  async checkReads(
    tx: Knex.Transaction,
    operation: OperationRecord,
    environment: EnvironmentRecord,
  ): Promise<void> {
    const { blueprintVersionId, inputs } = operation;
    // Which values it is to keep is decided by the operations before it.
    if (!operation.readingMandate) return;
    const blueprint = await this.options.blueprints.getById(
      blueprintVersionId,
      tx,
    );
    await this.#read(tx, operation, environment, { blueprint, inputs });
  }

  /** Components that there are to be, and what is read of others for them. */
  async #want(
    tx: Knex.Transaction,
    operation: OperationRecord,
    { environment, target }: { environment: EnvironmentRecord; target: Target },
  ): Promise<{ wanted: ComponentNode[]; read: ReadRecord[] }> {
    // What is to be destroyed is destroyed, whatever its blueprint says.
    if (operation.kind === 'destroy') return { wanted: [], read: [] };
    const { blueprintVersionId, inputs } = target;
    const blueprint = await this.options.blueprints.getById(
      blueprintVersionId,
      tx,
    );
    return {
      wanted: declarationOf(environment, blueprint, inputs).components,
      // Read once: what is planned, confirmed and applied is the same.
      read: await this.#read(tx, operation, environment, { blueprint, inputs }),
    };
  }

  async #read(
    tx: Knex.Transaction,
    { kind, readingMandate }: OperationRecord,
    environment: EnvironmentRecord,
    target: { blueprint: PublishedBlueprint; inputs: JsonObject },
  ): Promise<ReadRecord[]> {
    const { reads, readStore } = this.options;
    const request = { ...target, kind, environment };
    return readingMandate
      ? reads.read(tx, request, readingMandate)
      : reads.keep(request, () => readStore.present(tx, environment.id));
  }

  async #begin(
    tx: Knex.Transaction,
    environment: EnvironmentRecord,
    { kind, dryRun }: OperationRecord,
  ): Promise<void> {
    const { environments } = this.options;
    const { state, trial } = environment;
    // Made a moment ago for this very create: nothing else can be before it.
    if (trial || state === INITIAL_STATE) return;
    if (dryRun) begin(state, kind);
    else await environments.begin(tx, environment, kind);
  }

  async #insertSteps(
    tx: Knex.Transaction,
    operationId: string,
    drafts: StepDraft[],
  ): Promise<void> {
    const { steps, ids } = this.options;
    const stepIds = drafts.map(() => ids.id());
    await steps.insert(
      tx,
      operationId,
      drafts.map((draft, position) => ({
        ...draft,
        id: stepIds[position],
        position,
        after: draft.after.map(index => stepIds[index]),
      })),
    );
  }
}

interface Target {
  blueprintVersionId: string;
  inputs: JsonObject;
}

/** These bring about what they were asked for; the others, whatever the environment is by then. */
const HAS_OWN_TARGET: OperationKind[] = ['create', 'update', 'upgrade'];

/** @throws EnvironmentMovedOnError when an update would change the version as well */
function targetOf(
  { kind, blueprintVersionId, inputs }: OperationRecord,
  environment: EnvironmentRecord,
): Target {
  if (!HAS_OWN_TARGET.includes(kind)) {
    const { blueprintVersionId: present, inputs: presentInputs } = environment;
    return { blueprintVersionId: present, inputs: presentInputs };
  }
  if (
    kind === 'update' &&
    blueprintVersionId !== environment.blueprintVersionId
  ) {
    throw new EnvironmentMovedOnError();
  }
  return { blueprintVersionId, inputs };
}
