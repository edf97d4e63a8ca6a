import { BlueprintIdle } from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentRecord } from '../environments/types';
import { LedgerStore } from '../leases/ledgerStore';
import { LeaseService } from '../leases/service';
import { Evidence, KnownProbe } from './entries';
import { ProbeRecord, ProbeStore } from './probes/store';
import { IdleFacts } from './rule';
import { ActivityRecord, ActivityStore, Sighting } from './store';

/** Words of people that say as much as use: they want it. */
const WANTED = ['extend', 'hold'] as const;

/** Gathers what is known of the use of one environment. */
export class ActivityFacts {
  constructor(
    private readonly options: {
      store: ActivityStore;
      probes: ProbeStore;
      environments: Pick<EnvironmentChanges, 'components'>;
      leases: Pick<LeaseService, 'get'>;
      ledger: LedgerStore;
    },
  ) {}

  async of(
    tx: Transaction,
    { id, state }: Pick<EnvironmentRecord, 'id' | 'state'>,
    { since, idle }: Pick<ActivityRecord, 'since'> & { idle: BlueprintIdle },
  ): Promise<{ facts: IdleFacts; evidence: Evidence; last: Sighting }> {
    const { store, probes, environments, leases, ledger } = this.options;
    const components = await environments.components(tx, id);
    const lease = await leases.get(tx, id);
    const signals = await store.signals(tx, id);
    const known = knownOf(idle, await probes.of(tx, id));
    const wanted = await ledger.lastAt(tx, id, [...WANTED]);
    const listening = await store.listeningSince(tx);
    const from = [
      ...toSightings('changed', since),
      ...toSightings('unwatched', listening),
      ...toSightings('lease', wanted),
    ].reduce(laterSeen);
    return {
      facts: {
        idle,
        since: from.at,
        seen: signals[0],
        probes: known,
        state,
        pausable: components.some(({ pausable }) => pausable),
        lease,
      },
      evidence: { signals, probes: known },
      last: [from, ...signals].reduce(laterSeen),
    };
  }
}

function toSightings(signal: string, at: Date | undefined): Sighting[] {
  return at ? [{ signal, at, evidence: {} }] : [];
}

function laterSeen(one: Sighting, other: Sighting): Sighting {
  return other.at > one.at ? other : one;
}

/** What is known by each probe: nothing by one that was never asked. */
function knownOf(idle: BlueprintIdle, records: ProbeRecord[]): KnownProbe[] {
  return idle.probes.flatMap(({ name, everySeconds }) => {
    const record = records.find(one => one.name === name);
    if (record?.moot) return [];
    return [record ?? { name, everySeconds }];
  });
}
