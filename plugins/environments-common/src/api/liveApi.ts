import { CallOptions } from './environmentsApi';
import { LiveComponents, LiveDetail } from './liveTypes';
import { path, Transport } from './transport';

/** What runs of environments, by the systems that run it. */
export interface LiveApi {
  list(environmentId: string, options?: CallOptions): Promise<LiveComponents>;
  get(
    environmentId: string,
    component: string,
    options?: CallOptions,
  ): Promise<LiveDetail>;
  /** Asks for what was declared to be made again; it is under way afterwards. */
  sync(
    environmentId: string,
    component: string,
    options?: CallOptions,
  ): Promise<void>;
  /** Asks for an entry of the history to be made again; what is declared stays as it is. */
  rollback(
    environmentId: string,
    component: string,
    request: { to: string },
    options?: CallOptions,
  ): Promise<void>;
}

/** The part of the client that is about what runs. */
export class LiveClient implements LiveApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(environmentId: string, options?: CallOptions): Promise<LiveComponents> {
    return this.#transport.get(
      path`/environments/${environmentId}/live`,
      options,
    );
  }

  get(
    environmentId: string,
    component: string,
    options?: CallOptions,
  ): Promise<LiveDetail> {
    return this.#transport.get(
      path`/environments/${environmentId}/live/${component}`,
      options,
    );
  }

  sync(environmentId: string, component: string, options?: CallOptions) {
    return this.#transport.send(
      path`/environments/${environmentId}/live/${component}/sync`,
      { ...options, body: {} },
    );
  }

  rollback(
    environmentId: string,
    component: string,
    request: { to: string },
    options?: CallOptions,
  ) {
    return this.#transport.send(
      path`/environments/${environmentId}/live/${component}/rollback`,
      { ...options, body: request },
    );
  }
}
