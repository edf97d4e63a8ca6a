import {
  LiveApi,
  LiveComponents,
  LiveDetail,
  Problem,
} from '@greenroom/plugin-environments-common';
import { found } from './answers';

/** What runs of environments, by their id; nothing of those that are not listed. */
export type SampleLiveData = Record<
  string,
  { items: LiveDetail[]; problems?: Problem[] }
>;

/** The live part of the sample API: what is asked for is kept in `asked`, and changes nothing. */
export class SampleLive implements LiveApi {
  readonly asked: string[] = [];

  constructor(private readonly data: SampleLiveData = {}) {}

  async list(environmentId: string): Promise<LiveComponents> {
    const { items = [], problems = [] } = this.data[environmentId] ?? {};
    return { items, problems };
  }

  async get(environmentId: string, component: string): Promise<LiveDetail> {
    return found(
      this.data[environmentId]?.items ?? [],
      one => one.component === component,
    );
  }

  async sync(environmentId: string, component: string): Promise<void> {
    this.asked.push(`sync ${component} of ${environmentId}`);
  }

  async rollback(
    environmentId: string,
    component: string,
    { to }: { to: string },
  ): Promise<void> {
    this.asked.push(`roll ${component} of ${environmentId} back to ${to}`);
  }
}
