import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  LiveHistoryEntry,
  LiveResource,
  Problem,
} from '@greenroom/plugin-environments-common';
import { DriverAbortedError, DriverError } from '../../errors';
import {
  DriverInspection,
  DriverLive,
  DriverSighting,
  DriverTarget,
} from '../../live';
import { FaultPlanning, isAt, isIn, planOf } from './planning';
import { FaultEntry, FaultResource, FaultWorld } from './world';

export interface FaultLiveCall {
  action: 'observe' | 'inspect' | 'sync' | 'rollback';
  environmentId: string;
  component: string;
  /** Of a sync or rollback: who asks for it. */
  by?: string;
  /** Of a rollback. */
  to?: string;
}

/** What the system of a {@link FaultDriver} does otherwise than to tell of its world. */
export interface FaultLiveScript {
  /** In place of what the world says. */
  shows?: Partial<DriverInspection>;
  /** Before every answer, and in place of it by throwing. */
  asked?: (call: FaultLiveCall, signal: AbortSignal) => Promise<void> | void;
}

/**
 * Looks after what a FaultDriver has made: what exists is compared with what was last applied, and
 * each apply is an entry of the history. Whatever it is asked for is done at once.
 */
export class FaultLive implements DriverLive {
  /** Every call of this process so far, for each of its targets. */
  readonly calls: FaultLiveCall[] = [];

  constructor(
    private readonly world: FaultWorld,
    private readonly scriptOf: (
      component: string,
    ) => FaultPlanning & { live?: FaultLiveScript },
  ) {}

  async observe(
    targets: DriverTarget[],
    signal: AbortSignal,
  ): Promise<{ seen: DriverSighting[]; problems: Problem[] }> {
    const seen: DriverSighting[] = [];
    const problems: Problem[] = [];
    for (const target of targets) {
      try {
        await this.#begin('observe', target, signal);
        const found = this.#look(target);
        if (found) seen.push({ target, ...sightingOf(found) });
      } catch (error) {
        if (!(error instanceof DriverError)) throw error;
        const { problem } = error;
        if (!problems.some(other => isDeepStrictEqual(other, problem)))
          problems.push(problem);
      }
    }
    return { seen, problems };
  }

  async inspect(
    target: DriverTarget,
    signal: AbortSignal,
  ): Promise<DriverInspection | undefined> {
    await this.#begin('inspect', target, signal);
    return this.#look(target);
  }

  async sync(
    target: DriverTarget,
    by: string,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#begin('sync', target, signal, { by });
    this.#remake(target, now => now.state);
  }

  async rollback(
    target: DriverTarget,
    to: string,
    by: string,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#begin('rollback', target, signal, { by, to });
    const entry = this.#applies(target).find(
      ({ serial }) => String(serial) === to,
    );
    if (!entry) {
      throw new DriverError({
        code: 'fault.history',
        message: `The history of ${target.component} has no entry "${to}"`,
        component: target.component,
      });
    }
    this.#remake(target, () => entry.state);
  }

  async #begin(
    action: FaultLiveCall['action'],
    { environment, component }: DriverTarget,
    signal: AbortSignal,
    about: Pick<FaultLiveCall, 'by' | 'to'> = {},
  ): Promise<void> {
    if (signal.aborted)
      throw new DriverAbortedError(`The ${action} was aborted`);
    const call = { action, environmentId: environment.id, component, ...about };
    this.calls.push(call);
    await this.scriptOf(component).live?.asked?.(call, signal);
  }

  #look(target: DriverTarget): DriverInspection | undefined {
    const { environment, component } = target;
    const script = this.scriptOf(component);
    const now = this.world.look(environment.id, component);
    const { resources, state, outputs } = now;
    if (resources.length + state.length === 0) return undefined;
    const wanted = { resources: [], outputs };
    const { changes } = planOf('adopt', now, wanted, script);
    const history = this.#applies(target).map(toHistory);
    return {
      name: `${environment.name}-${component}`,
      sync: changes.length > 0 ? 'outOfSync' : 'synced',
      health: state.every(one => isIn(resources, one)) ? 'healthy' : 'missing',
      revision: history[0]?.revision,
      selfHeals: false,
      resources: resources
        .filter(one => isIn(state, one))
        .map(one =>
          toResource(
            one,
            changes.some(({ address }) => address === one.address),
          ),
        ),
      orphaned: resources
        .filter(one => !isIn(state, one))
        .map(one => toResource(one)),
      omittedResources: 0,
      changes,
      history,
      ...script.live?.shows,
    };
  }

  /** Newest first. */
  #applies({ environment, component }: DriverTarget): FaultEntry[] {
    return this.world
      .journal()
      .filter(
        entry =>
          entry.environmentId === environment.id &&
          entry.component === component &&
          (entry.effect?.kind === 'applied' ||
            entry.effect?.kind === 'adopted'),
      )
      .reverse();
  }

  #remake(
    { environment, component }: DriverTarget,
    wanted: (now: { state: FaultResource[] }) => FaultResource[],
  ): void {
    const caller = {
      environmentId: environment.id,
      component,
      operationId: 'live',
      fence: 0,
      call: randomUUID(),
    };
    this.world.change(caller, now => {
      const next = wanted(now);
      const strays = now.resources.filter(one => !isAt(now.state, one));
      const addresses = next.map(({ address }) => address);
      return {
        resources: [...strays, ...next],
        effect: { kind: 'synced', addresses },
      };
    });
  }
}

function sightingOf(found: DriverInspection): Omit<DriverSighting, 'target'> {
  const { name, url, sync, health, message, revision, selfHeals } = found;
  return { name, url, sync, health, message, revision, selfHeals };
}

function toHistory({ serial, revision }: FaultEntry): LiveHistoryEntry {
  return { id: String(serial), revision: `revision ${revision}` };
}

function toResource(
  { address, type, externalId }: FaultResource,
  differs?: boolean,
): LiveResource {
  return {
    id: externalId ?? address,
    group: '',
    kind: type,
    name: address,
    ...(differs !== undefined && { sync: differs ? 'outOfSync' : 'synced' }),
    images: [],
  };
}
