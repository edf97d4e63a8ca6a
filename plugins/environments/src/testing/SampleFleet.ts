import {
  FleetApi,
  FleetEnvironment,
  FleetPreview,
  FleetUpgrade,
  FleetUpgradeRequest,
  FleetUpgradeSummary,
  ListFleetEnvironmentsQuery,
  ListFleetUpgradesQuery,
  MoveFleetUpgradeRequest,
  Page,
} from '@greenroom/plugin-environments-common';
import { found, holds, pageOf, refusal } from './answers';

export interface SampleFleetData {
  upgrades?: FleetUpgrade[];
  /** By the id of their fleet upgrade. */
  environments?: Record<string, FleetEnvironment[]>;
  preview?: FleetPreview;
}

/** Fleet upgrades in memory; they stay as they are, whatever is asked for. */
export class SampleFleet implements FleetApi {
  readonly asked: { what: string; body: object }[] = [];
  readonly #data: SampleFleetData;

  constructor(data: SampleFleetData = {}) {
    this.#data = data;
  }

  async preview(request: FleetUpgradeRequest): Promise<FleetPreview> {
    this.asked.push({ what: 'preview', body: request });
    if (this.#data.preview) return this.#data.preview;
    throw await refusal(404, []);
  }

  async create(request: FleetUpgradeRequest): Promise<FleetUpgrade> {
    this.asked.push({ what: 'create', body: request });
    return found(this.#data.upgrades ?? [], () => true);
  }

  async list(
    query: ListFleetUpgradesQuery,
  ): Promise<Page<FleetUpgradeSummary>> {
    const { upgrades = [] } = this.#data;
    return pageOf(
      upgrades.filter(
        ({ blueprint, state }) =>
          (!query.blueprint || blueprint.name === query.blueprint) &&
          holds(query.state, state),
      ),
      query,
    );
  }

  async get(id: string): Promise<FleetUpgrade> {
    return found(this.#data.upgrades ?? [], one => one.id === id);
  }

  async listEnvironments(
    id: string,
    query: ListFleetEnvironmentsQuery,
  ): Promise<Page<FleetEnvironment>> {
    const all = this.#data.environments?.[id] ?? [];
    return pageOf(
      all.filter(
        ({ state, wave }) =>
          holds(query.state, state) &&
          (query.wave === undefined || query.wave === wave),
      ),
      query,
    );
  }

  async pause(id: string, body: MoveFleetUpgradeRequest) {
    return this.#move('pause', id, body);
  }

  async resume(id: string, body: MoveFleetUpgradeRequest) {
    return this.#move('resume', id, body);
  }

  async abort(id: string, body: MoveFleetUpgradeRequest) {
    return this.#move('abort', id, body);
  }

  async #move(what: string, id: string, body: MoveFleetUpgradeRequest) {
    this.asked.push({ what: `${what} ${id}`, body });
    return this.get(id);
  }
}
