import { CustomErrorBase } from '@backstage/errors';
import { JsonObject } from '@greenroom/plugin-environments-common';
import { DriverOutput, DriverResource } from '../../driver';
import { FaultAction } from './behaviours';

/** Something that a {@link FaultDriver} has made. */
export interface FaultResource extends DriverResource {
  attributes: JsonObject;
}

/** One component of one environment, as it stands. */
export interface FaultComponent {
  /** What exists. */
  resources: FaultResource[];
  /** What the driver's record says of it: what a destroy removes, what drift is measured by. */
  state: FaultResource[];
  /** What the last apply or adopt gave. */
  outputs: Record<string, DriverOutput>;
  /** Grows with each effect; a plan is true of one revision only. */
  revision: number;
}

export type FaultEffectKind =
  'made' | 'applied' | 'adopted' | 'removed' | 'drifted' | 'synced';

/** A change to the world, and who made it. */
export interface FaultEffect {
  kind: FaultEffectKind;
  /** Nonce of the plan that it carries out; absent where none was asked for. */
  plan?: string;
  addresses: string[];
}

/** One line of the journal. */
export interface FaultEntry extends FaultComponent {
  environmentId: string;
  component: string;
  /** Counts from 1 within the component. */
  serial: number;
  operationId: string;
  fence: number;
  /** The driver's call that it belongs to. */
  call: string;
  /** What the call is for, in the first entry of each. */
  begins?: FaultAction;
  /** Absent when the entry only says that somebody came by. */
  effect?: FaultEffect;
  /** Newest fence seen of each operation. */
  fences: Record<string, number>;
  /** Calls begun so far. */
  attempts: Partial<Record<FaultAction, number>>;
}

/** Which component, and on whose behalf. */
export interface FaultCaller {
  environmentId: string;
  component: string;
  operationId: string;
  fence: number;
  call: string;
}

/** The world has seen a newer fence of the same operation: whoever wrote comes too late. */
export class FencedOffError extends CustomErrorBase {
  name = 'FencedOffError' as const;
}

const NOTHING: FaultComponent = {
  resources: [],
  state: [],
  outputs: {},
  revision: 0,
};
/** Of operations on one component; older ones are over. */
const KEPT_FENCES = 10;

/**
 * The world in which a {@link FaultDriver} makes things: tests look here for what exists, and for
 * who did what.
 *
 * All of it is a journal that only grows. A writer appends the entry that follows the one it has
 * read; when somebody else was faster it reads again, so that a process which sleeps between
 * reading and writing changes nothing that it has not seen.
 */
export abstract class FaultWorld {
  /** The newest entry of a component. */
  protected abstract last(
    environmentId: string,
    component: string,
  ): FaultEntry | undefined;

  /** @returns false when an entry of that serial is there already */
  protected abstract append(entry: FaultEntry): boolean;

  /** The whole journal; entries of one component in their order. */
  abstract journal(): FaultEntry[];

  look(environmentId: string, component: string): FaultComponent {
    return this.last(environmentId, component) ?? NOTHING;
  }

  /** `environment id/component id` of everything that exists, sorted. */
  keys(): string[] {
    return this.everything()
      .map(({ environmentId, component }) => `${environmentId}/${component}`)
      .filter((key, index, all) => all.indexOf(key) === index)
      .sort();
  }

  /** Everything that exists, with whom it was made for. */
  everything(): (FaultResource & {
    environmentId: string;
    component: string;
  })[] {
    const newest = new Map<string, FaultEntry>();
    for (const entry of this.journal())
      newest.set(`${entry.environmentId}/${entry.component}`, entry);
    return [...newest.values()].flatMap(
      ({ environmentId, component, resources }) =>
        resources.map(resource => ({ ...resource, environmentId, component })),
    );
  }

  /**
   * Notes that a call begins, so that older fences of its operation are refused from now on.
   *
   * @returns how many calls of this action there were, this one included
   * @throws FencedOffError
   */
  begin(caller: FaultCaller, action: FaultAction): number {
    const { attempts } = this.#write(
      caller,
      ({ attempts: before, ...now }) => ({
        ...now,
        begins: action,
        attempts: { ...before, [action]: (before[action] ?? 0) + 1 },
      }),
    );
    return attempts[action]!;
  }

  /**
   * Changes what exists.
   *
   * @param change gives what is new of the component, or undefined to leave it as it is
   * @throws FencedOffError
   */
  change(
    caller: FaultCaller,
    change: (
      now: FaultComponent,
    ) => (Partial<FaultComponent> & { effect: FaultEffect }) | undefined,
  ): FaultComponent {
    return this.#write(caller, now => {
      const changed = change(now);
      return changed && { ...now, ...changed, revision: now.revision + 1 };
    });
  }

  /** Changes a resource behind everybody's back; undefined attributes remove it. */
  drift(
    environmentId: string,
    component: string,
    address: string,
    attributes?: JsonObject,
  ): void {
    const caller = {
      environmentId,
      component,
      operationId: 'nobody',
      fence: 0,
      call: 'drift',
    };
    this.change(caller, ({ resources }) => ({
      effect: { kind: 'drifted', addresses: [address] },
      resources: resources.flatMap(resource => {
        if (resource.address !== address) return [resource];
        return attributes ? [{ ...resource, attributes }] : [];
      }),
    }));
  }

  #write(
    caller: FaultCaller,
    next: (now: FaultEntry) => FaultEntry | undefined,
  ): FaultEntry {
    const { environmentId, component, operationId, fence } = caller;
    for (;;) {
      const last = this.last(environmentId, component);
      const seen = last?.fences[operationId] ?? 0;
      if (fence < seen) {
        throw new FencedOffError(
          `Operation ${operationId} writes to ${component} with fence ${fence}, and ${seen} was here before`,
        );
      }
      const now: FaultEntry = {
        ...(last ?? { ...NOTHING, attempts: {} }),
        ...caller,
        serial: (last?.serial ?? 0) + 1,
        begins: undefined,
        effect: undefined,
        fences: keptOf({ ...last?.fences, [operationId]: fence }),
      };
      const entry = next(now);
      if (!entry) return now;
      if (this.append(entry)) return entry;
    }
  }
}

function keptOf(fences: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(fences).slice(-KEPT_FENCES));
}

/** A world that ends with its process. */
export class MemoryFaultWorld extends FaultWorld {
  readonly #entries: FaultEntry[] = [];
  readonly #last = new Map<string, FaultEntry>();

  protected last(environmentId: string, component: string) {
    return this.#last.get(`${environmentId}/${component}`);
  }

  protected append(entry: FaultEntry): boolean {
    this.#entries.push(entry);
    this.#last.set(`${entry.environmentId}/${entry.component}`, entry);
    return true;
  }

  journal() {
    return [...this.#entries];
  }
}
