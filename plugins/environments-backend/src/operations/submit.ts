import { Knex } from 'knex';
import {
  OperationCause,
  OperationKind,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { EnvironmentChanges } from '../environments/changes';
import { IdMaker } from '../ids';
import { EnvironmentBusyError } from './errors';
import { planSteps } from './steps';
import { OperationStore } from './store/operations';
import { StepStore } from './store/steps';

export interface OperationRequest {
  environmentId: string;
  kind: OperationKind;
  /** Entity ref of a person, `service:<subject>` or `system:<part>`. */
  requestedBy: string;
  cause: OperationCause;
  idempotency?: { key: string; digest: string };
}

/** Submits operations, for people and for the lease sweep alike. */
export class OperationSubmitter {
  constructor(
    private readonly options: {
      environments: EnvironmentChanges;
      operations: OperationStore;
      steps: StepStore;
      audit: AuditStore;
      clock: Clock;
      ids: IdMaker;
    },
  ) {}

  /**
   * Writes the operation with all its steps, and moves the environment; the caller's transaction
   * holds the environment's lock already, or has just inserted it. Ring the doorbell after commit.
   *
   * @throws EnvironmentBusyError while another operation is active
   * @returns the operation's id
   */
  async submit(
    tx: Knex.Transaction,
    request: OperationRequest,
  ): Promise<string> {
    const { environments, operations, steps, audit, clock, ids } = this.options;
    const { environmentId, kind, requestedBy, cause } = request;
    // Under the environment's lock this answer holds: an operation ends only under it, too.
    const active = await operations.active(tx, environmentId);
    if (active) throw new EnvironmentBusyError(active);
    if (kind === 'destroy') {
      await environments.move(tx, environmentId, 'destroy.requested');
    }

    const environment = await environments.get(tx, environmentId);
    const components = await environments.components(tx, environmentId);
    const drafts = planSteps(
      kind,
      components.map(({ id, uses }) => ({
        id,
        uses: uses.map(use => use.component),
      })),
    );
    const stepIds = drafts.map(() => ids.id());
    const id = ids.id();
    const now = clock.now();
    await operations.insert(tx, {
      id,
      environmentId,
      kind,
      blueprintVersionId: environment.blueprintVersionId,
      inputs: environment.inputs,
      requestedBy,
      requestedAt: now,
      idempotency: request.idempotency,
      cause,
    });
    await steps.insert(
      tx,
      id,
      drafts.map((draft, position) => ({
        ...draft,
        id: stepIds[position],
        position,
        after: draft.after.map(index => stepIds[index]),
      })),
    );
    await audit.append(tx, {
      at: now,
      actor: requestedBy,
      action: `environment.${kind}.requested`,
      environmentId,
      operationId: id,
      details: { ...cause },
    });
    return id;
  }
}
