import {
  Environment,
  LeaseBrake,
  LeaseBrakeAnswer,
  LeaseBrakeEnd,
  LeaseBrakeRequest,
  LeaseBrakeStatus,
  ListWaitingLeasesQuery,
  Page,
  PostponeLeaseBrakeRequest,
  WaitingLease,
} from '@greenroom/plugin-environments-common';
import { found, holds, pageOf } from './answers';
import { SampleBlueprintData, SampleBlueprints } from './SampleBlueprints';

/** What a sample backend knows of the brake on ends of leases. */
export interface SampleBrakeData {
  brake?: LeaseBrake;
  waitingLeases?: WaitingLease[];
  mayDecideBrake?: boolean;
}

/** The part of a sample backend that is about the brake: it takes words, and lifts nothing. */
export class SampleBrake extends SampleBlueprints {
  readonly #data: SampleBrakeData;

  constructor(
    data: SampleBlueprintData & SampleBrakeData,
    environments: Environment[] = [],
  ) {
    super(data, environments);
    this.#data = data;
  }

  async getLeaseBrake(): Promise<LeaseBrakeStatus> {
    const { brake, mayDecideBrake: decide = true } = this.#data;
    return {
      brake,
      limits: { leapSeconds: 900, sharePercent: 20, atLeast: 10 },
      rights: { decide },
    };
  }

  async listWaitingLeases({
    owner,
    ...paging
  }: ListWaitingLeasesQuery): Promise<Page<WaitingLease>> {
    const waiting = (this.#data.waitingLeases ?? []).filter(one =>
      holds(owner, one.owner),
    );
    return pageOf(waiting, paging);
  }

  releaseLeaseBrake(id: string, request: LeaseBrakeRequest) {
    return this.#say(id, 'released', request);
  }

  postponeLeaseBrake(id: string, request: PostponeLeaseBrakeRequest) {
    return this.#say(id, 'postponed', request);
  }

  async #say(
    id: string,
    end: LeaseBrakeEnd,
    body: LeaseBrakeRequest,
  ): Promise<LeaseBrakeAnswer> {
    const { brake: set } = this.#data;
    const brake = await found(set ? [set] : [], one => one.id === id);
    this.done.push({ what: `brake ${end}`, body });
    const { reason, dryRun = false } = body;
    const word = { end, by: 'user:default/mira', reason, at: brake.since };
    return { dryRun, environments: brake.waiting, brake: { ...brake, word } };
  }
}
