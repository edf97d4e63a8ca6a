import { Knex } from 'knex';
import {
  EnvironmentIdle,
  EnvironmentProbe,
} from '@greenroom/plugin-environments-common';
import { addSeconds, Clock } from '../clock';
import { Transaction } from '../database';
import { EnvironmentRecord } from '../environments/types';
import { KnownProbe } from './entries';
import { ActivityFacts } from './facts';
import { quietSince, stands, whyStays } from './rule';
import { ActivityStore, Sighting } from './store';

/** What other rooms have to do with the use of environments. */
export class ActivityService {
  constructor(
    private readonly options: {
      store: ActivityStore;
      facts: ActivityFacts;
      clock: Clock;
    },
  ) {}

  /** A new environment counts as used. */
  async begin(tx: Knex.Transaction, environmentId: string): Promise<void> {
    const { store, clock } = this.options;
    await store.insert(tx, environmentId, clock.now());
  }

  /** An operation on it has ended: that counts as use, and it may be on, off, or follow another rule. */
  async changed(tx: Knex.Transaction, environmentId: string): Promise<void> {
    const { store, clock } = this.options;
    await store.touch(tx, environmentId, clock.now());
  }

  /** It was used, for whoever sees that: a person, a probe, or something that acts on it. */
  async note(
    tx: Transaction,
    environmentId: string,
    sighting: Sighting,
  ): Promise<void> {
    const { store, clock } = this.options;
    await store.note(tx, environmentId, sighting, clock.now());
  }

  /** Undefined: it may go unused, or nobody has looked yet. */
  async get(
    tx: Transaction,
    environment: Pick<EnvironmentRecord, 'id' | 'state'>,
  ): Promise<EnvironmentIdle | undefined> {
    const { store, facts: gather, clock } = this.options;
    const record = await store.find(tx, environment.id);
    if (!record?.idle) return undefined;
    const { idle, ending } = record;
    const { afterSeconds, then, graceSeconds, bumpSeconds } = idle;
    const { facts, evidence } = await gather.of(tx, environment, {
      ...record,
      idle,
    });
    const quiet = quietSince(facts);
    const standing = whyStays(facts, clock.now());
    const isEnding = ending !== undefined && stands(ending, facts.lease);
    const isOver = isEnding || environment.state === 'paused';
    return {
      afterSeconds,
      then,
      graceSeconds,
      bumpSeconds,
      quietSince: quiet.toISOString(),
      ...(!isOver && {
        standing,
        dueAt: standing
          ? undefined
          : addSeconds(quiet, afterSeconds).toISOString(),
      }),
      endsAt: isEnding ? ending.expiresAt.toISOString() : undefined,
      signals: evidence.signals.map(({ signal, at, evidence: said }) => ({
        signal,
        at: at.toISOString(),
        evidence: said,
      })),
      probes: isOver ? [] : evidence.probes.map(toProbe),
    };
  }
}

function toProbe(probe: KnownProbe): EnvironmentProbe {
  const { name, answeredAt, value, problem, failingSince } = probe;
  return {
    name,
    answeredAt: answeredAt?.toISOString(),
    value,
    problem,
    failingSince: failingSince?.toISOString(),
  };
}
