import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  environmentStateReadPermission,
  environmentStateRestorePermission,
  Page,
  RestoreStateRequest,
  StateVersionSummary,
} from '@greenroom/plugin-environments-common';
import { z } from 'zod';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { readCursor } from '../cursor';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentRecord } from '../environments/types';
import { readPage } from '../page';
import { OperationStore } from '../operations/store/operations';
import { Keyring } from '../secrets/keyring';
import { readStateDocument, withSerial } from './documents';
import {
  StateInUseError,
  StateOfDestroyedError,
  StateVersionCurrentError,
  StateVersionNotFoundError,
} from './errors';
import { statePurpose } from './service';
import { StateStore } from './store';
import { StateVersionRecord } from './types';
import { StateVersionStore } from './versionStore';

const placeSchema = z.object({ id: z.string().regex(/^\d{1,18}$/) });

/** Kept versions of states for people: to look at, to take away, to put back. */
export class StateVersions {
  constructor(
    private readonly options: {
      knex: Knex;
      store: StateStore;
      versions: StateVersionStore;
      operations: Pick<OperationStore, 'unfinished'>;
      environments: Pick<
        EnvironmentChanges,
        'get' | 'lock' | 'changeComponent'
      >;
      access: EnvironmentAccess;
      audit: AuditStore;
      keyring: Keyring;
      clock: Clock;
      retention: { stateVersions: number };
    },
  ) {}

  /** Newest first. Whoever may see the environment may see them: they say nothing of its secrets. */
  async list(
    environmentId: string,
    query: { component?: string; cursor?: string; limit?: number },
    credentials: BackstageCredentials,
  ): Promise<Page<StateVersionSummary>> {
    const { knex, versions, environments, access } = this.options;
    const environment = await environments.get(knex, environmentId);
    await access.requireRead(credentials, environment);
    const { component, cursor, limit } = query;
    const of = { environmentId, component };
    const before = cursor && readCursor(cursor, placeSchema).id;
    return readPage({
      limit,
      rows: most => versions.page(knex, of, { before, limit: most }),
      total: () => versions.total(knex, of),
      item: version => this.#summary(version),
      place: ({ id }) => ({ id }),
    });
  }

  /** The tool's own file. That somebody took it is on the record before they have it. */
  async download(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<{ name: string; content: Buffer }> {
    const { knex, access, audit, clock } = this.options;
    const { version, environment } = await this.#find(id, credentials);
    await access.require(
      environmentStateReadPermission,
      credentials,
      environment,
    );
    const content = await this.#open(version);
    const { actor } = await access.caller(credentials);
    await audit.append(knex, {
      at: clock.now(),
      actor,
      action: 'state.downloaded',
      environmentId: environment.id,
      details: whatOf(version),
    });
    const { component, serial } = version;
    return {
      name: `${environment.name}-${component}-${serial}.tfstate`,
      content,
    };
  }

  /**
   * Puts the content of an older version in front, as a new version. What the component was made
   * of is not known any more: its next operation plans it anew.
   */
  async restore(
    id: string,
    { reason }: RestoreStateRequest,
    credentials: BackstageCredentials,
  ): Promise<StateVersionSummary> {
    const { knex, versions, environments, access, audit, clock } = this.options;
    const { version, environment } = await this.#find(id, credentials);
    await access.require(
      environmentStateRestorePermission,
      credentials,
      environment,
    );
    const { actor } = await access.caller(credentials);
    const restoredId = await knex.transaction(async tx => {
      await this.#requireAtRest(tx, environment);
      const newId = await this.#putInFront(tx, version, { by: actor, reason });
      await environments.changeComponent(
        tx,
        environment.id,
        version.component,
        { appliedHash: null },
      );
      await audit.append(tx, {
        at: clock.now(),
        actor,
        action: 'state.restored',
        environmentId: environment.id,
        details: { ...whatOf(version), newVersionId: newId, reason },
      });
      return newId;
    });
    const restored = await versions.find(knex, restoredId);
    if (!restored) throw new StateVersionNotFoundError(restoredId);
    return this.#summary(restored);
  }

  /** Holds the environment's lock from here on, so no operation can begin meanwhile. */
  async #requireAtRest(
    tx: Knex.Transaction,
    { id }: EnvironmentRecord,
  ): Promise<void> {
    const { environments, operations } = this.options;
    const environment = await environments.lock(tx, id);
    const [unfinished] = await operations.unfinished(tx, id);
    if (unfinished) throw new StateInUseError(unfinished);
    if (environment.destroyedAt) {
      throw new StateOfDestroyedError(environment.name);
    }
  }

  /** A lock that is still there was left behind: with no operation under way nobody may write. */
  async #putInFront(
    tx: Knex.Transaction,
    version: StateVersionRecord,
    by: { by: string; reason: string },
  ): Promise<string> {
    const { store, keyring, clock, retention } = this.options;
    const { stateId } = version;
    await store.lockForUpdate(tx, stateId);
    await store.setLock(tx, stateId, undefined);
    const latest = await store.latest(tx, stateId);
    if (!latest || latest.id === version.id) {
      throw new StateVersionCurrentError(version.serial);
    }
    const body = withSerial(await this.#open(version, tx), latest.serial + 1);
    const newId = await store.insertVersion(tx, {
      ...readStateDocument(body),
      stateId,
      size: body.length,
      content: keyring.seal(body, statePurpose(stateId)),
      origin: { ...by, from: version.id },
      at: clock.now(),
    });
    await store.prune(tx, stateId, retention.stateVersions);
    return newId;
  }

  async #find(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<{ version: StateVersionRecord; environment: EnvironmentRecord }> {
    const { knex, versions, environments, access } = this.options;
    const version = /^\d{1,18}$/.test(id) && (await versions.find(knex, id));
    if (!version) throw new StateVersionNotFoundError(id);
    const environment = await environments.get(knex, version.environmentId);
    if (!(await access.mayRead(credentials, environment))) {
      throw new StateVersionNotFoundError(id);
    }
    return { version, environment };
  }

  async #open(
    { id, stateId }: StateVersionRecord,
    tx: Knex = this.options.knex,
  ): Promise<Buffer> {
    const { versions, keyring } = this.options;
    const sealed = await versions.content(tx, id);
    if (!sealed) throw new StateVersionNotFoundError(id);
    return keyring.open(sealed, statePurpose(stateId));
  }

  async #summary(version: StateVersionRecord): Promise<StateVersionSummary> {
    const { id, component, serial, lineage, size, origin, current } = version;
    return {
      id,
      component,
      serial,
      lineage,
      size,
      resources:
        version.resources ??
        readStateDocument(await this.#open(version)).resources,
      createdAt: version.createdAt.toISOString(),
      ...('operationId' in origin ? origin : { restored: origin }),
      current,
    };
  }
}

function whatOf({ id, component, serial }: StateVersionRecord) {
  return { versionId: id, component, serial };
}
