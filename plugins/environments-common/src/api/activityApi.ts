import { ReportActivityRequest } from './activityTypes';
import { CallOptions } from './environmentsApi';
import { path, Transport } from './transport';

/** What is seen of the use of environments. */
export interface ActivityApi {
  /** It is used: what follows from its being idle waits. May be repeated. */
  report(
    environmentId: string,
    request: ReportActivityRequest,
    options?: CallOptions,
  ): Promise<void>;
}

/** The part of the client that is about use. */
export class ActivityClient implements ActivityApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  report(
    environmentId: string,
    request: ReportActivityRequest,
    options?: CallOptions,
  ) {
    return this.#transport.send(path`/environments/${environmentId}/activity`, {
      ...options,
      body: request,
    });
  }
}
