import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Environment,
  ForgetRequest,
  orphanForgetPermission,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentService } from '../environments/service';
import { LeaseService } from '../leases/service';
import { EnvironmentBusyError } from '../operations/errors';
import { OperationStore } from '../operations/store/operations';
import { NothingToForgetError } from './errors';
import { TeardownService } from './service';
import { OrphanStore } from './store/orphans';
import { CatalogProofStore } from './store/proofs';
import { TeardownStore } from './store/teardowns';

/** How somebody takes it upon themselves to call gone what could not be proven to be. */
export class ForgetService {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      environments: EnvironmentChanges;
      environmentService: Pick<EnvironmentService, 'get'>;
      operations: OperationStore;
      teardowns: TeardownService;
      store: TeardownStore;
      orphans: OrphanStore;
      proofs: CatalogProofStore;
      leases: LeaseService;
      audit: AuditStore;
      /** After a commit that left something to tell. */
      onTold: () => void;
      clock: Clock;
    },
  ) {}

  /**
   * The environment is destroyed from now on, and nothing of it is tried again. What was left of it
   * stays on record, both with its components and among the orphans.
   *
   * @throws NotAllowedProblemError
   * @throws NothingToForgetError when no teardown of it has failed
   * @throws EnvironmentBusyError while an operation is under way or waits
   */
  async forget(
    environmentId: string,
    { reason }: ForgetRequest,
    credentials: BackstageCredentials,
  ): Promise<Environment> {
    const { knex, access, environments, environmentService } = this.options;
    const found = await environments.get(knex, environmentId);
    await access.requireRead(credentials, found);
    await access.requireBasic(orphanForgetPermission, credentials, {
      message: `You may not call gone what is left of ${found.name}.`,
      remedy: 'Ask the operators of this portal.',
    });
    const { actor } = await access.caller(credentials);
    await knex.transaction(tx =>
      this.#forget(tx, environmentId, { by: actor, reason: reason.trim() }),
    );
    this.options.onTold();
    return environmentService.get(environmentId, credentials);
  }

  async #forget(
    tx: Knex.Transaction,
    environmentId: string,
    { by, reason }: { by: string; reason: string },
  ): Promise<void> {
    const { environments, teardowns, operations, store } = this.options;
    const { orphans, proofs, leases, audit, clock } = this.options;
    const environment = await environments.lock(tx, environmentId);
    const [busyWith] = await operations.unfinished(tx, environmentId);
    if (busyWith) throw new EnvironmentBusyError(busyWith);
    const teardown = await store.find(tx, environmentId);
    if (!teardown) throw new NothingToForgetError(environment);
    await leases.requireUnprotected(tx, environment);

    const at = clock.now();
    // It may not have come to an escalation yet.
    await teardowns.enterOrphans(tx, teardown);
    const left = await orphans.forget(tx, environmentId, { by, reason, at });
    await store.remove(tx, environmentId);
    await environments.rest(tx, environmentId, { destroyed: true });
    await proofs.begin(tx, environmentId, at);
    await leases.end(tx, environmentId, {
      actor: by,
      reason,
      rule: 'environment.forgotten',
    });
    await audit.append(tx, {
      at,
      actor: by,
      action: 'environment.forgotten',
      environmentId,
      operationId: teardown.operationId,
      details: { reason, left, failures: teardown.failures },
    });
  }
}
