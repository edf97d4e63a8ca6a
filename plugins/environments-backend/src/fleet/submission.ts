import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import {
  JsonObject,
  OperationCause,
  Problem,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../audit/store';
import { BlueprintService, PublishedBlueprint } from '../blueprints/service';
import { isTransient, Transaction } from '../database';
import {
  UpgradeCandidate,
  UpgradeCandidates,
} from '../environments/candidates';
import { shownInputs } from '../environments/inputVault';
import { upgradeInputs } from '../environments/upgradeInputs';
import { ConflictProblemError, problemsOf } from '../errors';
import { OperationRequests } from '../operations/api/requests';
import { EnvironmentBusyError } from '../operations/errors';
import { Mandates, toReadingMandate } from './mandate';
import { turnedBack } from './progress';
import {
  changedSince,
  goneProblem,
  notAllowedProblem,
  standingProblem,
} from './standing';
import { FleetStore } from './store';
import { Because, FleetEnvironmentRecord, FleetUpgradeRecord } from './types';

/** An environment whose turn has come. */
interface Turn {
  upgrade: FleetUpgradeRecord;
  one: FleetEnvironmentRecord;
  actor: string;
  key: string;
  now: Date;
}

/** Asks for the checks and upgrades of a fleet upgrade, as anybody asks for an operation. */
export class FleetSubmission {
  constructor(
    private readonly options: {
      knex: Knex;
      store: FleetStore;
      candidates: UpgradeCandidates;
      mandates: Mandates;
      blueprints: Pick<BlueprintService, 'getForRequest'>;
      requests: Pick<OperationRequests, 'submitFor' | 'findSubmitted'>;
      audit: AuditStore;
      logger: LoggerService;
    },
  ) {}

  /** @param unasked environments for whose check or upgrade nothing is known to be asked */
  async submitEach(
    upgrade: FleetUpgradeRecord,
    unasked: FleetEnvironmentRecord[],
    now: Date,
  ): Promise<void> {
    const { mandates, blueprints } = this.options;
    const turns = unasked.map(one => toTurn(upgrade, one, now));
    if (upgrade.state !== 'running') {
      for (const turn of turns) await this.#turnBack(turn);
      return;
    }
    if (!(await mandates.holds(upgrade.mandate))) {
      await this.#halt(upgrade, now, lapsed(upgrade.mandate.actor));
      return;
    }
    let target: PublishedBlueprint;
    try {
      target = await blueprints.getForRequest({
        name: upgrade.blueprint,
        version: upgrade.toVersion,
      });
    } catch (error) {
      const [problem] = problemsOf(error) ?? [];
      if (!problem) throw error;
      await this.#halt(upgrade, now, problem);
      return;
    }
    for (const turn of turns) await this.#submit(turn, target);
  }

  /** Asks once: what was asked for under this key before is found again. */
  async #submit(turn: Turn, target: PublishedBlueprint): Promise<void> {
    const { knex, store, requests } = this.options;
    const { upgrade, one, actor, key } = turn;
    try {
      const operationId =
        (await requests.findSubmitted(actor, key)) ??
        (await requests.submitFor(actor, one.environmentId, {
          request: await this.#request(turn, target),
          idempotencyKey: key,
          cause: causeOf(upgrade, one),
          guard: async tx => {
            await this.#require(tx, turn);
          },
          readingMandate: toReadingMandate(upgrade.mandate),
        }));
      await store.noteOperation(knex, upgrade.id, one, operationId);
    } catch (error) {
      await this.#refused(turn, error);
    }
  }

  async #request(
    turn: Turn,
    target: PublishedBlueprint,
  ): Promise<SubmitOperationRequest> {
    const { upgrade, one } = turn;
    // What it should be, by what it is declared as: whatever that would change is drift.
    if (one.state === 'checking') return { kind: 'remediate', dryRun: true };
    const candidate = await this.#require(this.options.knex, turn);
    const changes: JsonObject = { ...upgrade.inputs, ...one.inputs };
    // Secrets that are not named stay as they are.
    const { inputs } = upgradeInputs(
      target.document,
      shownInputs(candidate.inputs),
      changes,
    );
    return { kind: 'upgrade', version: upgrade.toVersion, inputs };
  }

  /** @throws ConflictProblemError when the environment is to be set aside */
  async #require(tx: Transaction, turn: Turn): Promise<UpgradeCandidate> {
    const { candidates, mandates } = this.options;
    const { upgrade, one, actor, now } = turn;
    const candidate = await candidates.one(tx, one.environmentId);
    if (!candidate) throw new ConflictProblemError(goneProblem());
    const problem =
      changedSince(candidate, one) ??
      standingProblem(candidate, now) ??
      (mandates.allows(upgrade.mandate, candidate)
        ? undefined
        : notAllowedProblem(actor, candidate));
    if (problem) throw new ConflictProblemError(problem);
    return candidate;
  }

  async #refused(turn: Turn, error: unknown): Promise<void> {
    const { knex, store, requests, logger } = this.options;
    const { upgrade, one, actor, key, now } = turn;
    if (isTransient(error)) throw error;
    // Another process was faster, and what it asked for is what is in the way.
    const asked = await requests.findSubmitted(actor, key);
    if (asked) {
      await store.noteOperation(knex, upgrade.id, one, asked);
      return;
    }
    // A dry run that somebody asked for: it changes nothing, so the turn comes when it has ended.
    if (error instanceof EnvironmentBusyError) return;
    const [problem] = problemsOf(error) ?? [];
    if (!problem) {
      logger.error(
        `Could not upgrade environment ${one.environmentId} in fleet upgrade ${upgrade.id}`,
        isError(error) ? toError(error) : undefined,
      );
    }
    await store.progress(
      knex,
      upgrade.id,
      one,
      problem
        ? { state: 'set-aside', problem }
        : { state: 'failed', problem: unforeseen(upgrade.id) },
      now,
    );
  }

  /** Nothing more is to begin. What was asked for all the same, by a process that died since, goes on. */
  async #turnBack({ upgrade, one, actor, key, now }: Turn): Promise<void> {
    const { knex, store, requests } = this.options;
    const asked = await requests.findSubmitted(actor, key);
    if (asked) await store.noteOperation(knex, upgrade.id, one, asked);
    else {
      const progress = turnedBack(upgrade.state);
      await store.progress(knex, upgrade.id, one, progress, now);
    }
  }

  /** It can't go on as it was asked for; somebody must look at it. */
  async #halt(
    { id }: FleetUpgradeRecord,
    now: Date,
    { code, message }: Because,
  ): Promise<void> {
    const { knex, store, audit } = this.options;
    await knex.transaction(async tx => {
      const upgrade = await store.lock(tx, id);
      if (upgrade?.state !== 'running') return;
      await store.update(tx, id, {
        state: 'paused',
        because: { code, message },
        lookAt: now,
      });
      await audit.append(tx, {
        at: now,
        actor: 'system:fleet',
        action: 'fleet.upgrade.paused',
        details: { fleetUpgrade: id, reason: message },
      });
    });
  }
}

function toTurn(
  upgrade: FleetUpgradeRecord,
  one: FleetEnvironmentRecord,
  now: Date,
): Turn {
  const { environmentId, state, attempt } = one;
  return {
    upgrade,
    one,
    now,
    actor: one.actor ?? upgrade.mandate.actor,
    key: `fleet:${upgrade.id}:${environmentId}:${attempt}:${state}`,
  };
}

function causeOf(
  { id, toVersion, reason }: FleetUpgradeRecord,
  { state, wave }: FleetEnvironmentRecord,
): OperationCause {
  const what =
    state === 'checking' ? 'Check before the upgrade' : 'Upgrade of the fleet';
  return {
    code: 'fleet',
    message: `${what} to ${toVersion}, wave ${wave}: ${reason}`,
    fleetUpgradeId: id,
  };
}

function lapsed(actor: string): Because {
  return {
    code: 'fleet.mandate-lapsed',
    message: `${actor}, for whom it acts, is not in the groups any more that they were in: somebody who may has to resume it.`,
  };
}

function unforeseen(id: string): Problem {
  return {
    code: 'fleet.not-submitted',
    message: 'Its upgrade could not even be begun.',
    remedy: `Operators find the cause in the log under fleet upgrade ${id}.`,
  };
}
