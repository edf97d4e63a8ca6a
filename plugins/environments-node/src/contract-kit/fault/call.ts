import { randomUUID } from 'node:crypto';
import { DriverContext, DriverResource } from '../../driver';
import { PlanGoneError } from '../../errors';
import { FaultLie } from './behaviours';
import { SavedPlan } from './planFile';
import { isIn } from './planning';
import {
  FaultCaller,
  FaultComponent,
  FaultEffectKind,
  FaultResource,
  FaultWorld,
} from './world';

/** One call of a FaultDriver, as far as it touches the world. */
export class WorldCall {
  readonly lies = new Set<FaultLie>();
  #plan?: SavedPlan;
  #hasEffect = false;

  constructor(
    private readonly world: FaultWorld,
    private readonly context: DriverContext,
    private readonly caller: FaultCaller,
  ) {}

  look(): FaultComponent {
    return this.world.look(this.caller.environmentId, this.caller.component);
  }

  /**
   * From now on the call carries out this plan, which is true of one revision of the world.
   *
   * @throws PlanGoneError when the world has moved since the plan was made
   */
  carryOut(plan: SavedPlan): void {
    this.#plan = plan;
    this.#assertTrue(this.look());
  }

  /** Makes things at once. */
  make(addresses: string[]): void {
    const made = this.#things(addresses);
    this.change('made', ({ resources, state }) => ({
      resources: [...resources, ...made],
      state: [...state, ...made],
    }));
  }

  /** Makes things at once that the driver's record does not know of. */
  stray(addresses: string[]): void {
    const made = this.#things(addresses);
    this.change('made', ({ resources }) => ({
      resources: [...resources, ...made],
    }));
  }

  /** Makes everything of a plan again, the way a second call would. */
  repeat({ outcome, nonce }: SavedPlan): void {
    const { environmentId, component } = this.caller;
    const again = { ...this.caller, call: randomUUID() };
    this.world.change(again, ({ resources }) => ({
      resources: [
        ...resources,
        ...(outcome?.state ?? []).map(one => ({
          ...one,
          externalId: `${environmentId}/${component}-again-${again.call}`,
        })),
      ],
      effect: {
        kind: 'applied',
        plan: nonce,
        addresses: outcome?.state.map(({ address }) => address) ?? [],
      },
    }));
  }

  /**
   * Changes what exists; undefined leaves it as it is. What is new is reported as made.
   *
   * @throws PlanGoneError when the world has moved since the plan was made, and nothing was
   *   changed by this call yet
   */
  change(
    kind: FaultEffectKind,
    change: (now: FaultComponent) => Partial<FaultComponent> | undefined,
  ): void {
    let made: FaultResource[] = [];
    this.world.change(this.caller, now => {
      this.#assertTrue(now);
      const changed = change(now);
      if (!changed) return undefined;
      const { resources = now.resources } = changed;
      made = resources.filter(one => !isIn(now.resources, one));
      const addresses = resources.map(({ address }) => address);
      return {
        ...changed,
        effect: { kind, addresses, plan: this.#plan?.nonce },
      };
    });
    this.#hasEffect = true;
    made.forEach(one => this.context.made(known(one)));
  }

  #assertTrue({ revision }: FaultComponent): void {
    if (!this.#hasEffect && this.#plan && this.#plan.revision !== revision)
      throw new PlanGoneError('The world has moved since the plan was made');
  }

  #things(addresses: string[]): FaultResource[] {
    return addresses.map(address => ({
      address,
      type: 'fault_thing',
      externalId: `${address}-${this.caller.call.slice(0, 8)}`,
      attributes: {},
    }));
  }
}

/** A resource as a driver tells of it. */
export function known({
  address,
  type,
  externalId,
}: FaultResource): DriverResource {
  return { address, type, externalId };
}
