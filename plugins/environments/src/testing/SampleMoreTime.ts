import {
  AnswerMoreTimeRequest,
  AskMoreTimeRequest,
  DeclineMoreTimeRequest,
  LeaseChange,
  LeaseRequest,
  ListMoreTimeQuery,
  MoreTimeApi,
  Page,
  WaitingMoreTime,
} from '@greenroom/plugin-environments-common';
import { holds, pageOf } from './answers';

export interface SampleMoreTimeData {
  /** Of those that wait. */
  moreTime?: WaitingMoreTime[];
}

/** Requests for more time over data in memory: it takes what is asked and answered, and moves nothing. */
export class SampleMoreTime implements MoreTimeApi {
  constructor(
    private readonly data: SampleMoreTimeData,
    private readonly change: (
      what: string,
      id: string,
      body: LeaseRequest,
    ) => Promise<LeaseChange>,
  ) {}

  async list(query: ListMoreTimeQuery): Promise<Page<WaitingMoreTime>> {
    const waiting = (this.data.moreTime ?? []).filter(
      one =>
        holds(query.owner, one.owner) &&
        one.environmentName.includes(query.search ?? ''),
    );
    return pageOf(waiting, query);
  }

  ask(id: string, request: AskMoreTimeRequest) {
    return this.change(`ask ${id}`, id, request);
  }

  approve(id: string, request: AnswerMoreTimeRequest) {
    return this.change(`approve ${id}`, id, request);
  }

  decline(id: string, request: DeclineMoreTimeRequest) {
    return this.change(`decline ${id}`, id, request);
  }

  withdraw(id: string, request: AnswerMoreTimeRequest) {
    return this.change(`withdraw ${id}`, id, request);
  }
}
