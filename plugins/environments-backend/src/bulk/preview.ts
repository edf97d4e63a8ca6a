import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  BulkAction,
  BulkItem,
  BulkRequest,
  environmentDestroyPermission,
  environmentUpdatePermission,
  leaseHoldPermission,
  LeaseRules,
  Problem,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../blueprints/service';
import { Clock, momentOf } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { begin } from '../environments/lifecycle';
import { EnvironmentStore } from '../environments/store';
import { SummaryRow } from '../environments/summary';
import { problemsOf } from '../errors';
import { mayNotProblem, protectedProblem } from '../leases/errors';
import { decideExtend, Decision } from '../leases/extend';
import { decideHold, decideRelease } from '../leases/hold';
import { follow, LeaseProjection } from '../leases/ledger';
import { readMove } from '../leases/move';
import { LeaseService } from '../leases/service';
import { LeaseStore } from '../leases/store';
import { Selection } from './selection';

const PERMISSIONS = {
  extend: environmentUpdatePermission,
  hold: leaseHoldPermission,
  release: leaseHoldPermission,
  pause: environmentUpdatePermission,
  resume: environmentUpdatePermission,
  destroy: environmentDestroyPermission,
} as const;

type Known = { row: SummaryRow; lease: LeaseProjection };

/**
 * Says what would come of each environment, by the same decisions that doing it goes by: each
 * table is read once, however many environments there are.
 */
export class BulkPreview {
  constructor(
    private readonly options: {
      knex: Knex;
      access: Pick<EnvironmentAccess, 'caller' | 'allows' | 'decision'>;
      blueprints: Pick<BlueprintService, 'getById'>;
      environmentStore: EnvironmentStore;
      leases: Pick<LeaseService, 'terms'>;
      leaseStore: LeaseStore;
      clock: Clock;
    },
  ) {}

  async of(
    request: BulkRequest,
    { ids, rows }: Selection,
    credentials: BackstageCredentials,
  ): Promise<BulkItem[]> {
    const { knex, access, leaseStore, environmentStore } = this.options;
    const { action } = request;
    const { actor } = await access.caller(credentials);
    const permission = await access.decision(PERMISSIONS[action], credentials);
    const leases = await leaseStore.many(knex, ids);
    const rules = await this.#rules(action, [...rows.values()]);
    const resources =
      action === 'destroy'
        ? await environmentStore.countResources(knex, ids)
        : undefined;
    const decide = this.#decision(request, actor);
    return ids.map(id => {
      const row = rows.get(id);
      const lease = leases.get(id);
      if (!row || !lease) return unknownItem(id);
      const item: BulkItem = {
        ...itemOf(row),
        resources: resources && (resources.get(id) ?? 0),
      };
      if (!access.allows(permission, { id, owner: row.owner_ref })) {
        return { ...item, problem: notAllowed(action, row) };
      }
      const decision = decide({ row, lease }, rules.get(id));
      return { ...item, ...decision };
    });
  }

  #decision(request: BulkRequest, actor: string) {
    const { action, reason = '', until } = request;
    const now = this.options.clock.now();
    const word = { actor, reason };
    const move = { ...readMove(request), actor, override: false };
    const after = (
      lease: LeaseProjection,
      decision: Decision,
    ): Partial<BulkItem> => {
      if (decision.refused) return { problem: decision.refused };
      const next = follow(lease, decision.drafts, now).lease;
      return action === 'extend'
        ? { expiresAfter: next.expiresAt?.toISOString() }
        : { dueAt: next.dueAt?.toISOString() };
    };
    return (known: Known, rules?: LeaseRules): Partial<BulkItem> => {
      const { lease, row } = known;
      switch (action) {
        case 'extend':
          return after(lease, decideExtend(lease, rules!, move, now));
        case 'hold':
          return after(
            lease,
            decideHold(
              lease,
              rules!,
              { ...word, until: momentOf(until ?? '') },
              now,
            ),
          );
        case 'release':
          return after(lease, decideRelease(lease, word, now));
        case 'pause':
        case 'resume':
        case 'destroy':
          return { problem: refuseOperation(action, row, lease) };
        default:
          return action satisfies never;
      }
    };
  }

  /** Of each; a document is read once, however many environments are made from it. */
  async #rules(
    action: BulkAction,
    rows: SummaryRow[],
  ): Promise<Map<string, LeaseRules>> {
    const { blueprints, leases } = this.options;
    if (action !== 'extend' && action !== 'hold') return new Map();
    const versions = [
      ...new Set(rows.map(({ blueprint_version_id }) => blueprint_version_id)),
    ];
    const documents = new Map(
      await Promise.all(
        versions.map(async id => [id, await blueprints.getById(id)] as const),
      ),
    );
    return new Map(
      rows.map(row => {
        const { document, name } = documents.get(row.blueprint_version_id)!;
        const subject = {
          type: row.type,
          owner: row.owner_ref,
          blueprint: name,
        };
        return [row.id, leases.terms(document, subject).rules];
      }),
    );
  }
}

/** What is known of an environment before anything is done to it. */
export function itemOf(row: SummaryRow): BulkItem {
  return {
    environmentId: row.id,
    name: row.name,
    owner: row.owner_ref,
    expiresBefore: row.expires_at?.toISOString(),
  };
}

export function unknownItem(environmentId: string): BulkItem {
  return {
    environmentId,
    problem: {
      code: 'environment.not-found',
      message: `There is no environment "${environmentId}", or you may not see it.`,
      remedy: 'Look at the list of environments.',
    },
  };
}

function notAllowed(action: BulkAction, { name, owner_ref }: SummaryRow) {
  if (action === 'hold' || action === 'release') {
    return mayNotProblem('hold environments, nor release them').problems[0];
  }
  return {
    code: 'environment.not-allowed',
    message: `You may not do this to ${name}; it belongs to ${owner_ref}.`,
    remedy: `Ask ${owner_ref}.`,
  };
}

function refuseOperation(
  kind: 'pause' | 'resume' | 'destroy',
  row: SummaryRow,
  { protection }: LeaseProjection,
): Problem | undefined {
  const { active_operation: active, name, state } = row;
  if (kind === 'destroy' && protection) {
    return protectedProblem({ name }, protection);
  }
  if (active) {
    return {
      code: 'environment.busy',
      message: `The environment is busy with operation ${active.number}, asked for by ${active.requestedBy}.`,
      remedy: 'Wait until that operation has ended or cancel it.',
      operationId: active.id,
    };
  }
  try {
    begin(state, kind);
    return undefined;
  } catch (error) {
    const problems = problemsOf(error);
    if (!problems) throw error;
    return problems[0];
  }
}
