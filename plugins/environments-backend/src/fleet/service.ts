import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  blueprintReadPermission,
  FleetEnvironment,
  FleetMove,
  FleetPreview,
  FleetUpgrade,
  FleetUpgradeRequest,
  FleetUpgradeSummary,
  JsonObject,
  ListFleetEnvironmentsQuery,
  ListFleetUpgradesQuery,
  MoveFleetUpgradeRequest,
  Page,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { BlueprintNotFoundError } from '../blueprints/errors';
import { BlueprintService } from '../blueprints/service';
import { Clock } from '../clock';
import { violatesUnique } from '../database';
import { EnvironmentAccess } from '../environments/access';
import { IdempotencyKeyReusedError } from '../environments/errors';
import { IdMaker } from '../ids';
import { idempotencyOf } from '../operations/api/idempotency';
import {
  FleetEmptyError,
  FleetMoveError,
  FleetNotAllowedError,
  FleetUpgradeNotFoundError,
} from './errors';
import { Mandates } from './mandate';
import { LEADS_TO, refuseMove } from './moves';
import { FleetReader } from './reader';
import { FleetSelector, Selected, toPreview } from './selection';
import { FleetStore } from './store';
import { FleetUpgradeRecord } from './types';

const KEY_INDEX = 'fleet_upgrades_requested_by_idempotency_key_unique';

const CONCURRENCY = 5;

/** What people and other plugins may ask of fleet upgrades; decides whether they may. */
export class FleetService {
  constructor(
    private readonly options: {
      knex: Knex;
      store: FleetStore;
      reader: FleetReader;
      selector: FleetSelector;
      mandates: Mandates;
      access: EnvironmentAccess;
      blueprints: Pick<BlueprintService, 'permissionResources'>;
      audit: AuditStore;
      clock: Clock;
      ids: IdMaker;
    },
  ) {}

  /** Who would come when, and who would be set aside; nothing is written. */
  async preview(
    request: FleetUpgradeRequest,
    credentials: BackstageCredentials,
  ): Promise<FleetPreview> {
    const { selector, mandates } = this.options;
    await this.#requireRead(credentials);
    await this.#require(request.selection.blueprint, credentials);
    const mandate = await mandates.take(credentials);
    return toPreview(await selector.select(request, mandate, credentials));
  }

  /** Leaves nothing behind when it throws. The same key and request again give the same answer. */
  async create(
    request: FleetUpgradeRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<FleetUpgrade> {
    const { knex, store, selector, mandates, audit, clock, ids } = this.options;
    await this.#requireRead(credentials);
    await this.#require(request.selection.blueprint, credentials);
    const mandate = await mandates.take(credentials);
    const idempotency = idempotencyOf(idempotencyKey, request);
    const earlier = async () => {
      const { actor } = mandate;
      const found =
        idempotency &&
        (await store.byIdempotencyKey(knex, actor, idempotency.key));
      if (found && found.requestDigest !== idempotency.digest) {
        throw new IdempotencyKeyReusedError(idempotency.key);
      }
      return found && this.get(found.id, credentials);
    };
    const first = await earlier();
    if (first) return first;

    const selected = await selector.select(request, mandate, credentials);
    const { items } = selected;
    if (items.every(({ wave }) => wave === undefined)) {
      throw new FleetEmptyError(items.length);
    }
    const now = clock.now();
    const upgrade: FleetUpgradeRecord = {
      ...toRecord(request, selected),
      id: ids.id(),
      state: 'running',
      failuresForgiven: 0,
      requestedBy: mandate.actor,
      requestedAt: now,
      requestDigest: idempotency?.digest,
      mandate,
    };
    try {
      await knex.transaction(async tx => {
        await store.insert(
          tx,
          { ...upgrade, idempotencyKey: idempotency?.key, lookAt: now },
          toEnvironments(request, selected),
        );
        await audit.append(tx, {
          at: now,
          actor: mandate.actor,
          action: 'fleet.upgrade.requested',
          details: {
            fleetUpgrade: upgrade.id,
            blueprint: upgrade.blueprint,
            to: upgrade.toVersion,
            environments: items.length,
            reason: request.reason,
          },
        });
      });
    } catch (error) {
      const winner = violatesUnique(error, KEY_INDEX) && (await earlier());
      if (!winner) throw error;
      return winner;
    }
    return this.get(upgrade.id, credentials);
  }

  async list(
    query: ListFleetUpgradesQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<FleetUpgradeSummary>> {
    await this.#requireRead(credentials);
    return this.options.reader.list(query);
  }

  /** @throws FleetUpgradeNotFoundError */
  async get(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<FleetUpgrade> {
    const { knex, store, reader } = this.options;
    await this.#requireRead(credentials);
    const upgrade = await store.find(knex, id);
    if (!upgrade) throw new FleetUpgradeNotFoundError(id);
    return reader.read(upgrade, await this.#may(upgrade, credentials));
  }

  /** Those that the caller may see. @throws FleetUpgradeNotFoundError */
  async environments(
    id: string,
    query: ListFleetEnvironmentsQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<FleetEnvironment>> {
    const { knex, store, reader, access } = this.options;
    await this.#requireRead(credentials);
    if (!(await store.find(knex, id))) throw new FleetUpgradeNotFoundError(id);
    const visible = await access.visible(credentials);
    return reader.environments(id, { ...query, visible });
  }

  /** @throws FleetMoveError when it can't be moved there from where it is */
  async move(
    id: string,
    move: FleetMove['move'],
    { reason }: MoveFleetUpgradeRequest,
    credentials: BackstageCredentials,
  ): Promise<FleetUpgrade> {
    const { knex, store, mandates, audit, clock } = this.options;
    await this.#requireRead(credentials);
    const known = await store.find(knex, id);
    if (!known) throw new FleetUpgradeNotFoundError(id);
    await this.#require(known.blueprint, credentials);
    const mandate = await mandates.take(credentials);
    await knex.transaction(async tx => {
      const upgrade = await store.lock(tx, id);
      if (!upgrade) throw new FleetUpgradeNotFoundError(id);
      const refusal = refuseMove(move, upgrade.state);
      if (refusal) throw new FleetMoveError(refusal);
      const now = clock.now();
      const said = `${mandate.actor}: ${reason}`;
      await store.update(tx, id, {
        state: LEADS_TO[move],
        lookAt: now,
        ...(move === 'resume'
          ? {
              mandate,
              because: null,
              failuresForgiven: await this.#failed(tx, id),
            }
          : { because: { code: `fleet.${LEADS_TO[move]}`, message: said } }),
      });
      if (move === 'abort') await store.leaveWaiting(tx, id, now);
      await audit.append(tx, {
        at: now,
        actor: mandate.actor,
        action: `fleet.upgrade.${LEADS_TO[move]}`,
        details: { fleetUpgrade: id, reason },
      });
    });
    return this.get(id, credentials);
  }

  async #failed(tx: Knex.Transaction, id: string): Promise<number> {
    const counts = await this.options.store.counts(tx, id);
    return counts.reduce((sum, wave) => sum + wave.counts.failed, 0);
  }

  async #requireRead(credentials: BackstageCredentials): Promise<void> {
    await this.options.access.requireBasic(
      blueprintReadPermission,
      credentials,
      {
        message: 'You may not see blueprints.',
        remedy: 'Ask the operators of this portal for the permission.',
      },
    );
  }

  /** @throws FleetNotAllowedError */
  async #require(
    blueprint: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { access, blueprints } = this.options;
    const [resource] = await blueprints.permissionResources([blueprint]);
    if (!resource) throw new BlueprintNotFoundError(blueprint);
    if (await access.mayUpgradeFleet(credentials, resource)) return;
    throw new FleetNotAllowedError(resource);
  }

  async #may(
    { blueprint }: FleetUpgradeRecord,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const { access, blueprints } = this.options;
    const [resource] = await blueprints.permissionResources([blueprint]);
    return (
      resource !== undefined && access.mayUpgradeFleet(credentials, resource)
    );
  }
}

function toRecord(request: FleetUpgradeRequest, { target }: Selected) {
  return {
    blueprint: target.name,
    toVersion: target.version,
    selection: request.selection,
    order: request.order ?? 'name',
    concurrency: request.concurrency ?? CONCURRENCY,
    failureBudget: request.failureBudget ?? 0,
    windows: request.windows ?? [],
    inputs: request.inputs ?? {},
    reason: request.reason,
  };
}

function toEnvironments(
  { environmentInputs = {} }: FleetUpgradeRequest,
  { items }: Selected,
) {
  return items.map(({ candidate, wave, problem }, position) => ({
    environmentId: candidate.id,
    position,
    wave,
    state: problem ? ('set-aside' as const) : ('waiting' as const),
    inputs: environmentInputs[candidate.name] ?? ({} as JsonObject),
    fromVersionId: candidate.versionId,
    seenOperation: candidate.newestOperation,
    attempt: 0,
    problem,
  }));
}
