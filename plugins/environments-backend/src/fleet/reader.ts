import { Knex } from 'knex';
import {
  FleetEnvironment,
  FleetUpgrade,
  FleetUpgradeSummary,
  ListFleetEnvironmentsQuery,
  ListFleetUpgradesQuery,
  Page,
} from '@greenroom/plugin-environments-common';
import { Clock } from '../clock';
import { readCursor } from '../cursor';
import { Visible } from '../environments/access';
import { readPage } from '../page';
import { FleetList, newestCursorSchema, turnCursorSchema } from './list';
import { movesOf } from './moves';
import { FleetStore } from './store';
import { FleetUpgradeRecord } from './types';
import { isOpen, nextOpening } from './windows';

/** Fleet upgrades in the words of the API. Whoever calls has checked that the caller may see them. */
export class FleetReader {
  constructor(
    private readonly options: {
      knex: Knex;
      store: FleetStore;
      list: FleetList;
      clock: Clock;
    },
  ) {}

  async list(
    query: ListFleetUpgradesQuery,
  ): Promise<Page<FleetUpgradeSummary>> {
    const { list } = this.options;
    const { cursor, limit, ...filters } = query;
    const from = cursor ? readCursor(cursor, newestCursorSchema) : undefined;
    return readPage({
      limit,
      rows: most => list.page({ ...filters, limit: most, cursor: from }),
      total: () => list.total(filters),
      item: ({ item }) => item,
      place: row => row.cursor,
    });
  }

  async environments(
    id: string,
    query: ListFleetEnvironmentsQuery & { visible: Visible },
  ): Promise<Page<FleetEnvironment>> {
    const { list } = this.options;
    const { cursor, limit, ...filters } = query;
    const from = cursor ? readCursor(cursor, turnCursorSchema) : undefined;
    return readPage({
      limit,
      rows: most =>
        list.environments(id, { ...filters, limit: most, cursor: from }),
      total: () => list.environmentTotal(id, filters),
      item: ({ item }) => item,
      place: row => row.cursor,
    });
  }

  /** @param may move it */
  async read(upgrade: FleetUpgradeRecord, may: boolean): Promise<FleetUpgrade> {
    const { knex, store, list, clock } = this.options;
    const { state, windows, failuresForgiven, mandate } = upgrade;
    const summary = await list.one(upgrade.id);
    const waves = await store.counts(knex, upgrade.id);
    const now = clock.now();
    const closed = state === 'running' && !isOpen(windows, now);
    return {
      ...summary,
      selection: upgrade.selection,
      order: upgrade.order,
      concurrency: upgrade.concurrency,
      failureBudget: upgrade.failureBudget,
      failures: summary.counts.failed - failuresForgiven,
      windows,
      opensAt: closed ? nextOpening(windows, now)?.toISOString() : undefined,
      actsFor: mandate.actor,
      waves: waves.flatMap(({ wave, counts }) =>
        wave === undefined ? [] : { number: wave, counts },
      ),
      moves: movesOf(state, may),
    };
  }
}
