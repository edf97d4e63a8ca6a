import { Knex } from 'knex';
import { z } from 'zod';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  blueprintTtl,
  JsonObject,
  LEASE_OUTCOMES,
  LeaseOutcome,
  LeaseSimulation,
  LeaseSimulationOwner,
  leaseSimulatePermission,
  ListSimulatedLeasesRequest,
  SimulatedLease,
  SimulatedLeasePage,
  SimulateLeasesRequest,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../../blueprints/service';
import { addSeconds, Clock } from '../../clock';
import { readCursor, writeCursor } from '../../cursor';
import { EnvironmentAccess } from '../../environments/access';
import { LedgerStore } from '../ledgerStore';
import { leaseRules, LeaseRuleSetting } from '../rules';
import { readCandidateRules, writeRules } from './candidate';
import {
  Comparison,
  hoursUntil,
  isOverMaximum,
  losesExtensions,
  outcomeOf,
} from './compare';
import { costUntil, CostSums } from './cost';
import { FleetLease, livingLeases } from './leases';
import { replay } from './replay';

const PLACE = z.object({ name: z.string() });

const USUAL_DAYS = 14;
const USUAL_LIMIT = 50;
const OWNERS_NAMED = 50;

interface Simulated {
  lease: SimulatedLease;
  hours: { now: number; simulated: number };
}

/** Says what other rules would have come to; changes nothing. */
export class LeaseWhatIf {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      blueprints: Pick<BlueprintService, 'getById'>;
      ledger: LedgerStore;
      leaseRules: LeaseRuleSetting[];
      clock: Clock;
    },
  ) {}

  async rules(
    credentials: BackstageCredentials,
  ): Promise<{ rules: JsonObject[] }> {
    await this.#require(credentials);
    return { rules: writeRules(this.options.leaseRules) };
  }

  async simulate(
    request: SimulateLeasesRequest,
    credentials: BackstageCredentials,
  ): Promise<LeaseSimulation> {
    const { horizonDays = USUAL_DAYS } = request;
    const now = this.options.clock.now();
    const outcomes = Object.fromEntries(
      LEASE_OUTCOMES.map(outcome => [outcome, 0]),
    ) as Record<LeaseOutcome, number>;
    const owners = new Map<string, LeaseSimulationOwner>();
    const sum = { leases: 0, overMaximum: 0, losesExtensions: 0 };
    const total = { now: 0, simulated: 0 };
    const costs = new CostSums();
    for await (const { lease, hours } of this.#walk(
      request,
      now,
      credentials,
    )) {
      sum.leases += 1;
      sum.overMaximum += lease.overMaximum ? 1 : 0;
      sum.losesExtensions += lease.losesExtensions ? 1 : 0;
      outcomes[lease.outcome] += 1;
      total.now += hours.now;
      total.simulated += hours.simulated;
      costs.add(lease.cost);
      if (!isOtherwise(lease)) continue;
      const { owner } = lease;
      const before = owners.get(owner) ?? { owner, environments: 0, hours: 0 };
      owners.set(owner, {
        owner,
        environments: before.environments + 1,
        hours: before.hours + hours.simulated - hours.now,
      });
    }
    return {
      at: now.toISOString(),
      horizonDays,
      ...sum,
      outcomes,
      hours: total,
      costs: costs.all(),
      withoutCost: costs.without,
      owners: [...owners.values()]
        .sort((one, other) => other.environments - one.environments)
        .slice(0, OWNERS_NAMED),
    };
  }

  /** Those that would fare otherwise, by their names. */
  async list(
    request: ListSimulatedLeasesRequest,
    credentials: BackstageCredentials,
  ): Promise<SimulatedLeasePage> {
    const { cursor, limit = USUAL_LIMIT } = request;
    const now = this.options.clock.now();
    const after = cursor ? readCursor(cursor, PLACE).name : undefined;
    const items: SimulatedLease[] = [];
    for await (const { lease } of this.#walk(
      request,
      now,
      credentials,
      after,
    )) {
      if (!isOtherwise(lease)) continue;
      if (items.length === limit) {
        const { environmentName: name } = items[limit - 1];
        return { items, nextCursor: writeCursor({ name }) };
      }
      items.push(lease);
    }
    return { items };
  }

  async *#walk(
    { rules, horizonDays = USUAL_DAYS, ...selection }: SimulateLeasesRequest,
    now: Date,
    credentials: BackstageCredentials,
    after?: string,
  ): AsyncGenerator<Simulated> {
    const { knex, access, ledger } = this.options;
    await this.#require(credentials);
    const candidate = readCandidateRules(rules);
    const request = {
      ...selection,
      caller: await access.caller(credentials),
      visible: await access.visible(credentials),
    };
    const horizon = addSeconds(now, horizonDays * 86_400);
    const documents = new Map<string, ReturnType<typeof blueprintTtl>>();
    for await (const batch of livingLeases(knex, request, after)) {
      const ledgers = await ledger.ledgers(
        knex,
        batch.map(({ environmentId }) => environmentId),
      );
      for (const one of batch) {
        const ttl = await this.#ttlOf(one, documents);
        const simulatedRules = leaseRules(ttl, candidate, one);
        const comparison: Comparison = {
          lease: one.lease,
          simulated: replay(
            ledgers.get(one.environmentId) ?? [],
            simulatedRules,
          ),
          rules: {
            now: leaseRules(ttl, this.options.leaseRules, one),
            simulated: simulatedRules,
          },
        };
        yield describe(one, comparison, { now, horizon });
      }
    }
  }

  /** Versions are few; each is read once. */
  async #ttlOf(
    { blueprintVersionId: id }: FleetLease,
    read: Map<string, ReturnType<typeof blueprintTtl>>,
  ) {
    const known = read.get(id);
    if (known) return known;
    const { document } = await this.options.blueprints.getById(id);
    const ttl = blueprintTtl(document);
    read.set(id, ttl);
    return ttl;
  }

  async #require(credentials: BackstageCredentials): Promise<void> {
    const { access } = this.options;
    await access.requireBasic(leaseSimulatePermission, credentials, {
      message: 'You may not try other rules about leases.',
      remedy: 'Ask the operators of this portal.',
    });
  }
}

function isOtherwise(lease: SimulatedLease): boolean {
  return (
    lease.outcome !== 'unchanged' || lease.overMaximum || lease.losesExtensions
  );
}

function describe(
  { environmentId, environmentName, owner, lease, cost }: FleetLease,
  comparison: Comparison,
  { now, horizon }: { now: Date; horizon: Date },
): Simulated {
  const { simulated } = comparison;
  // Whose end nobody can say is counted as it is.
  const counted = simulated ?? lease;
  return {
    lease: {
      environmentId,
      environmentName,
      owner,
      outcome: outcomeOf(comparison, now),
      endsAt: lease.dueAt?.toISOString(),
      wouldEndAt: simulated?.dueAt?.toISOString(),
      rule: simulated?.rule,
      overMaximum: isOverMaximum(comparison),
      losesExtensions: losesExtensions(comparison, now),
      cost: cost && {
        currency: cost.currency,
        now: costUntil(cost, lease, now, horizon),
        simulated: costUntil(cost, counted, now, horizon),
      },
    },
    hours: {
      now: hoursUntil(lease, now, horizon),
      simulated: hoursUntil(counted, now, horizon),
    },
  };
}
