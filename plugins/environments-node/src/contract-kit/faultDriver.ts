import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { JsonObject, Problem } from '@greenroom/plugin-environments-common';
import {
  DriverApplied,
  DriverContext,
  DriverOutput,
  DriverPlan,
  DriverProof,
  DriverResource,
  DriverValidateContext,
  EnvironmentDriver,
} from '../driver';
import { DriverAbortedError } from '../errors';
import { FaultAction, FaultBehaviour } from './faultBehaviours';
import { FaultWorld, MemoryFaultWorld } from './faultWorld';

/** What a component does under a {@link FaultDriver}; what is absent goes well and at once. */
export interface FaultScript {
  /** What `validate` answers. */
  problems?: Problem[];
  /** What a whole apply makes; one `fault_thing` when absent. */
  resources?: DriverResource[];
  /** What a whole apply gives; a function sees the component's `with`. */
  outputs?:
    | Record<string, DriverOutput>
    | ((given: JsonObject) => Record<string, DriverOutput>);
  plan?: FaultBehaviour;
  apply?: FaultBehaviour;
  destroy?: FaultBehaviour;
  prove?: FaultBehaviour;
}

export interface FaultDriverOptions {
  /** The word that blueprints say; `fault` when absent. */
  id?: string;
  world?: FaultWorld;
  /** By component id; components without a script go well. */
  scripts?: Record<string, FaultScript>;
  /** Waits, or rejects when the signal aborts. Real time when absent. */
  timer?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface FaultCallRecord {
  environmentId: string;
  component: string;
  action: FaultAction;
  attempt: number;
  /** The `with` it was called with. */
  with: JsonObject;
}

/**
 * A driver that does what its script says, for tests of whatever runs drivers.
 *
 * It keeps the promises of the contract: repeated calls end in the same place, what a failed
 * apply made stays known, an aborted call throws DriverAbortedError. It cannot show what a real
 * tool does to a work folder, to the state service or to a process tree: it touches none of them.
 */
export class FaultDriver implements EnvironmentDriver {
  readonly id: string;
  readonly world: FaultWorld;
  /** Every call so far, in the order in which they began. */
  readonly calls: FaultCallRecord[] = [];
  readonly #scripts: Map<string, FaultScript>;
  readonly #timer: (ms: number, signal: AbortSignal) => Promise<void>;
  #watchers: (() => void)[] = [];

  constructor(options: FaultDriverOptions = {}) {
    this.id = options.id ?? 'fault';
    this.world = options.world ?? new MemoryFaultWorld();
    this.#scripts = new Map(Object.entries(options.scripts ?? {}));
    this.#timer =
      options.timer ?? ((ms, signal) => wait(ms, undefined, { signal }));
  }

  /** Gives a component another script, from its next call on. */
  script(component: string, script: FaultScript): this {
    this.#scripts.set(component, script);
    return this;
  }

  /** Resolves once `action` of `component` has begun for the `attempt`th time in any environment. */
  async reached(component: string, action: FaultAction, attempt = 1) {
    const begun = () =>
      this.calls.filter(c => c.component === component && c.action === action);
    while (begun().length < attempt)
      await new Promise<void>(resolve => this.#watchers.push(resolve));
    return begun()[attempt - 1];
  }

  async validate(context: DriverValidateContext): Promise<Problem[]> {
    return this.#scriptOf(context.component.id).problems ?? [];
  }

  async plan(context: DriverContext): Promise<DriverPlan> {
    await this.#act('plan', context);
    const made = this.#made(context);
    const withDigest = digest(context.component.with);
    const wanted = this.#resourcesOf(context);
    const has = new Set(made?.resources.map(r => r.address));
    const added = wanted.filter(r => !has.has(r.address));
    const changed =
      made?.withDigest === withDigest
        ? []
        : wanted.filter(r => has.has(r.address));
    const changes = [
      ...added.map(r => ({ ...r, action: 'add' as const })),
      ...changed.map(r => ({ ...r, action: 'change' as const })),
    ].map(({ address, type, action }) => ({ address, type, action }));
    return {
      summary: { add: added.length, change: changed.length, remove: 0 },
      changes,
      hash: digest({ changes, withDigest }),
      hasChanges: changes.length > 0,
    };
  }

  async apply(context: DriverContext): Promise<DriverApplied> {
    await this.#act('apply', context);
    const resources = this.#resourcesOf(context);
    const { environment, component } = context;
    this.world.set(environment.id, component.id, {
      withDigest: digest(component.with),
      resources,
    });
    const { outputs = {} } = this.#scriptOf(component.id);
    return {
      resources,
      outputs:
        typeof outputs === 'function' ? outputs(component.with) : outputs,
    };
  }

  async destroy(context: DriverContext): Promise<void> {
    await this.#act('destroy', context);
    this.world.delete(context.environment.id, context.component.id);
  }

  async prove(context: DriverContext): Promise<DriverProof> {
    await this.#act('prove', context);
    const left = this.#made(context)?.resources ?? [];
    return { gone: left.length === 0, left };
  }

  async #act(action: FaultAction, context: DriverContext) {
    const { environment, component, signal } = context;
    const before = this.calls.filter(
      call =>
        call.environmentId === environment.id &&
        call.component === component.id &&
        call.action === action,
    );
    const attempt = before.length + 1;
    this.calls.push({
      environmentId: environment.id,
      component: component.id,
      action,
      attempt,
      with: component.with,
    });
    const watchers = this.#watchers;
    this.#watchers = [];
    watchers.forEach(tell => tell());

    const aborted = () => new DriverAbortedError(`The ${action} was aborted`);
    if (signal.aborted) throw aborted();
    await this.#scriptOf(component.id)[action]?.({
      action,
      attempt,
      context,
      make: resources => this.#make(context, resources),
      sleep: async ms => {
        try {
          await this.#timer(ms, signal);
        } catch (error) {
          throw signal.aborted ? aborted() : error;
        }
      },
    });
  }

  #make({ environment, component }: DriverContext, added: DriverResource[]) {
    const made = this.world.get(environment.id, component.id);
    const others = (made?.resources ?? []).filter(
      r => !added.some(a => a.address === r.address),
    );
    this.world.set(environment.id, component.id, {
      ...made,
      resources: [...others, ...added],
    });
  }

  #made({ environment, component }: DriverContext) {
    return this.world.get(environment.id, component.id);
  }

  #scriptOf(component: string): FaultScript {
    return this.#scripts.get(component) ?? {};
  }

  #resourcesOf({ component }: DriverContext): DriverResource[] {
    return (
      this.#scriptOf(component.id).resources ?? [
        { address: `fault_thing.${component.id}`, type: 'fault_thing' },
      ]
    );
  }
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
