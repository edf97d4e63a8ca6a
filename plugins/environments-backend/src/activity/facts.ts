import { BlueprintIdle } from '@greenroom/plugin-environments-common';
import { laterOf } from '../clock';
import { Transaction } from '../database';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentRecord } from '../environments/types';
import { LedgerStore } from '../leases/ledgerStore';
import { LeaseService } from '../leases/service';
import { Evidence } from './entries';
import { IdleFacts } from './rule';
import { ActivityRecord, ActivityStore, Sighting } from './store';

/** Words of people that say as much as use: they want it. */
const WANTED = ['extend', 'hold'] as const;

/** Gathers what is known of the use of one environment. */
export class ActivityFacts {
  constructor(
    private readonly options: {
      store: ActivityStore;
      environments: Pick<EnvironmentChanges, 'components'>;
      leases: Pick<LeaseService, 'get'>;
      ledger: LedgerStore;
    },
  ) {}

  async of(
    tx: Transaction,
    { id, state }: Pick<EnvironmentRecord, 'id' | 'state'>,
    { since, idle }: Pick<ActivityRecord, 'since'> & { idle: BlueprintIdle },
  ): Promise<{ facts: IdleFacts; evidence: Evidence; seen?: Sighting }> {
    const { store, environments, leases, ledger } = this.options;
    const components = await environments.components(tx, id);
    const lease = await leases.get(tx, id);
    const wanted = await ledger.lastAt(tx, id, [...WANTED]);
    const listening = await store.listeningSince(tx);
    const signals = await store.signals(tx, id);
    const [seen] = signals;
    const from = laterOf(since, listening);
    return {
      facts: {
        idle,
        since: wanted ? laterOf(from, wanted) : from,
        seen,
        probes: idle.probes,
        state,
        pausable: components.some(({ pausable }) => pausable),
        lease,
      },
      evidence: { signals, probes: [] },
      seen,
    };
  }
}
