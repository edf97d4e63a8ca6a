import { Config } from '@backstage/config';
import { DriverLive, DriverTarget } from '@greenroom/plugin-environments-node';
import { readSites, SiteOptions } from '../application/site';
import { driverFailure } from '../problems';
import { inspect } from './inspect';
import { observe } from './observe';
import { rollback, sync } from './request';

/** What Argo CD says of components between operations, and what it may be asked for. */
export class ArgocdLive implements DriverLive {
  constructor(private readonly options: SiteOptions) {}

  async observe(targets: DriverTarget[], signal: AbortSignal) {
    return this.#work(signal, () => observe(targets, this.options, signal));
  }

  async inspect(target: DriverTarget, signal: AbortSignal) {
    return this.#work(
      signal,
      () => inspect(target, this.options, signal),
      target,
    );
  }

  async sync(target: DriverTarget, by: string, signal: AbortSignal) {
    return this.#work(
      signal,
      () => sync(target, by, this.options, signal),
      target,
    );
  }

  async rollback(
    target: DriverTarget,
    to: string,
    by: string,
    signal: AbortSignal,
  ) {
    return this.#work(
      signal,
      () => rollback(target, to, by, this.options, signal),
      target,
    );
  }

  async #work<T>(
    signal: AbortSignal,
    work: () => Promise<T>,
    target?: DriverTarget,
  ): Promise<T> {
    try {
      signal.throwIfAborted();
      return await work();
    } catch (error) {
      throw driverFailure(error, { component: target?.component, signal });
    }
  }
}

/**
 * The same for who is no backend.
 *
 * @returns undefined where the configuration has no place for applications
 */
export function readLive(
  config: Config,
): (DriverLive & { close(): Promise<void> }) | undefined {
  const sites = readSites(config);
  return (
    sites &&
    Object.assign(new ArgocdLive(sites), {
      close: () => sites.instances.close(),
    })
  );
}
