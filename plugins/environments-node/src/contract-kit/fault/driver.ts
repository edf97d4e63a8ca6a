import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  JsonObject,
  PlanPurpose,
  Problem,
} from '@greenroom/plugin-environments-common';
import {
  DriverApplied,
  DriverContext,
  DriverPlan,
  DriverProof,
  DriverValidateContext,
  EnvironmentDriver,
} from '../../driver';
import { DriverAbortedError, DriverError, PlanGoneError } from '../../errors';
import { FaultAction, FaultBehaviour, FaultLie } from './behaviours';
import { known, WorldCall } from './call';
import { FaultLive } from './live';
import { savePlan, takePlan } from './planFile';
import { isIn, outcomeOf, planOf } from './planning';
import { FaultScript, outputsOf, scriptOf, wantedOf } from './script';
import { FaultWorld, FencedOffError, MemoryFaultWorld } from './world';

export interface FaultDriverOptions {
  /** The word that blueprints say; `fault` when absent. */
  id?: string;
  world?: FaultWorld;
  /** By component id; what is absent here is read from the component's `with.fault`. */
  scripts?: Record<string, FaultScript>;
  /** Takes part in every call, before the script does. */
  every?: FaultBehaviour;
  /** Waits, or rejects when the signal aborts. Real time when absent. */
  timer?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface FaultCallRecord {
  environmentId: string;
  component: string;
  operationId: string;
  fence: number;
  action: FaultAction;
  attempt: number;
  /** The `with` it was called with. */
  with: JsonObject;
  /** Of a plan. */
  purpose?: PlanPurpose;
  /** Of an apply: the plan that it was to carry out. */
  hash?: string;
}

/** One call, from its begin on. */
interface Call {
  world: WorldCall;
  script: FaultScript;
  /** What the script of its action has to say. */
  behave(): Promise<void>;
}

/**
 * A driver that does what its script says, for tests of whatever runs drivers.
 *
 * It keeps the promises of the contract as long as its script does not lie: a plan is applied at
 * most once and only while it is true, what a failed apply made stays known, an aborted call
 * throws DriverAbortedError. Beside its world it touches one file in the component's folder, the
 * saved plan. It cannot show what a real tool does to the state service or to a process tree.
 */
export class FaultDriver implements EnvironmentDriver {
  readonly id: string;
  readonly world: FaultWorld;
  readonly live: FaultLive;
  /** Every call of this process so far, in the order in which they began. */
  readonly calls: FaultCallRecord[] = [];
  readonly #scripts: Map<string, FaultScript>;
  readonly #every?: FaultBehaviour;
  readonly #timer: (ms: number, signal: AbortSignal) => Promise<void>;
  #watchers: (() => void)[] = [];

  constructor(options: FaultDriverOptions = {}) {
    this.id = options.id ?? 'fault';
    this.world = options.world ?? new MemoryFaultWorld();
    this.#scripts = new Map(Object.entries(options.scripts ?? {}));
    this.live = new FaultLive(
      this.world,
      component => this.#scripts.get(component) ?? {},
    );
    this.#every = options.every;
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
    return this.#scripts.get(context.component.id)?.problems ?? [];
  }

  async declaredOutputs({
    id,
  }: DriverValidateContext['component']): Promise<string[] | undefined> {
    return this.#scripts.get(id)?.declares;
  }

  async plan(
    context: DriverContext,
    purpose: PlanPurpose,
  ): Promise<DriverPlan> {
    return this.#call('plan', context, { purpose }, async call => {
      const { world, script } = call;
      await call.behave();
      const now = world.look();
      const wanted = {
        resources: wantedOf(context.component, script),
        outputs: outputsOf(context.component, script),
      };
      const nonce = randomUUID();
      const honest = planOf(purpose, now, wanted, script);
      const plan = told(honest, world.lies, nonce);
      await savePlan(context.component.folder, {
        nonce,
        purpose,
        hash: plan.hash,
        revision: now.revision,
        ...(honest.hasChanges && {
          outcome: outcomeOf(purpose, now, wanted, honest, nonce),
        }),
      });
      return plan;
    });
  }

  async apply(context: DriverContext, hash: string): Promise<DriverApplied> {
    return this.#call('apply', context, { hash }, async call => {
      const { world, script } = call;
      const plan = await takePlan(
        context.component.folder,
        saved => saved.hash === hash && saved.purpose !== 'destroy',
      );
      world.carryOut(plan);
      await call.behave();
      if (!world.lies.has('skip-effect')) {
        const kind = plan.purpose === 'adopt' ? 'adopted' : 'applied';
        world.change(kind, () => plan.outcome);
      }
      if (world.lies.has('repeat-effect')) world.repeat(plan);
      const { state } = plan.outcome ?? world.look();
      return {
        resources: state.map(known),
        outputs: outputsOf(context.component, script),
      };
    });
  }

  async destroy(context: DriverContext): Promise<void> {
    await this.#call('destroy', context, {}, async call => {
      const { world } = call;
      const { revision } = world.look();
      const plan = await takePlan(
        context.component.folder,
        saved => saved.purpose === 'destroy' && saved.revision === revision,
      ).catch(unlessGone);
      if (plan) world.carryOut(plan);
      await call.behave();
      if (world.lies.has('skip-effect')) return;
      world.change('removed', ({ resources, state }) =>
        state.length > 0
          ? {
              resources: resources.filter(one => !isIn(state, one)),
              state: [],
              outputs: {},
            }
          : undefined,
      );
    });
  }

  async prove(context: DriverContext): Promise<DriverProof> {
    return this.#call('prove', context, {}, async ({ world, behave }) => {
      await behave();
      if (world.lies.has('claim-gone')) return { gone: true, left: [] };
      const { resources, state } = world.look();
      const left = [
        ...resources,
        ...state.filter(one => !isIn(resources, one)),
      ].map(known);
      return { gone: left.length === 0, left };
    });
  }

  async #call<T>(
    action: FaultAction,
    context: DriverContext,
    about: Pick<FaultCallRecord, 'purpose' | 'hash'>,
    work: (call: Call) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(this.#begin(action, context, about));
    } catch (error) {
      if (!(error instanceof FencedOffError)) throw error;
      const { message } = error;
      throw new DriverError(
        { code: 'fault.fenced', message, component: context.component.id },
        { cause: error },
      );
    }
  }

  #begin(
    action: FaultAction,
    context: DriverContext,
    about: Pick<FaultCallRecord, 'purpose' | 'hash'>,
  ): Call {
    const { component, environment, operationId, fence, signal } = context;
    const caller = {
      environmentId: environment.id,
      component: component.id,
      operationId,
      fence,
      call: randomUUID(),
    };
    const attempt = this.world.begin(caller, action);
    this.calls.push({
      environmentId: environment.id,
      component: component.id,
      operationId,
      fence,
      action,
      attempt,
      with: component.with,
      ...about,
    });
    const watchers = this.#watchers;
    this.#watchers = [];
    watchers.forEach(tell => tell());

    const aborted = () => new DriverAbortedError(`The ${action} was aborted`);
    if (signal.aborted) throw aborted();
    const world = new WorldCall(this.world, context, caller);
    const script = scriptOf(component, this.#scripts.get(component.id));
    const sleep = async (ms: number) => {
      try {
        await this.#timer(ms, signal);
      } catch (error) {
        throw signal.aborted ? aborted() : error;
      }
    };
    const behave = async () => {
      for (const behaviour of [this.#every, script[action]]) {
        await behaviour?.({
          action,
          attempt,
          context,
          sleep,
          make: addresses => world.make(addresses),
          stray: addresses => world.stray(addresses),
          lie: lie => world.lies.add(lie),
        });
      }
    };
    return { world, script, behave };
  }
}

function told(
  plan: DriverPlan,
  lies: ReadonlySet<FaultLie>,
  nonce: string,
): DriverPlan {
  if (lies.has('change-hash')) return { ...plan, hash: nonce };
  if (!lies.has('claim-no-changes')) return plan;
  const summary = { add: 0, change: 0, remove: 0 };
  return { ...plan, summary, changes: [], hasChanges: false };
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof PlanGoneError)) throw error;
}
