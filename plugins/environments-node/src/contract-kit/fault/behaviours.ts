import { Problem } from '@greenroom/plugin-environments-common';
import { DriverContext } from '../../driver';
import { DriverAbortedError, DriverError } from '../../errors';

export type FaultAction = 'plan' | 'apply' | 'destroy' | 'prove';

/**
 * What a driver may do otherwise than it says:
 * - `repeat-effect`: an apply makes everything a second time;
 * - `skip-effect`: an apply or destroy answers as if it had worked, and does nothing;
 * - `claim-gone`: a proof says that nothing is left;
 * - `change-hash`: a plan has another hash each time;
 * - `claim-no-changes`: a plan says that there is nothing to do.
 */
export type FaultLie =
  | 'repeat-effect'
  | 'skip-effect'
  | 'claim-gone'
  | 'change-hash'
  | 'claim-no-changes';

/** What a behaviour sees of the call that it takes part in. */
export interface FaultCall {
  action: FaultAction;
  /** 1 for the first call of this action on this component of this environment, by any process. */
  attempt: number;
  context: DriverContext;
  /** Puts resources into the world at once, as a tool does that fails later. */
  make(addresses: string[]): void;
  /** The same, without any record of them: what a tool leaves that is killed before it writes. */
  stray(addresses: string[]): void;
  /** Waits by the driver's injected timer; ends early when the signal aborts. */
  sleep(ms: number): Promise<void>;
  lie(lie: FaultLie): void;
}

/** Runs before the action's own effect; throwing keeps that effect from happening. */
export type FaultBehaviour = (call: FaultCall) => Promise<void> | void;

/** One behaviour after the other. */
export function inOrder(...behaviours: FaultBehaviour[]): FaultBehaviour {
  return async call => {
    for (const behaviour of behaviours) await behaviour(call);
  };
}

/** The first behaviour in the first attempt, and so on; attempts past the last have none. */
export function byAttempt(...behaviours: FaultBehaviour[]): FaultBehaviour {
  return call => behaviours[call.attempt - 1]?.(call);
}

/** Fails for a reason that can be said. */
export function fails(problem: Partial<Problem> = {}): FaultBehaviour {
  return ({ context, action }) => {
    throw new DriverError({
      code: 'fault.failed',
      message: `The ${action} of ${context.component.id} fails by its script`,
      component: context.component.id,
      ...problem,
    });
  };
}

/** Fails with an error that no driver should throw, as a bug in a driver does. */
export function breaks(error: Error): FaultBehaviour {
  return () => {
    throw error;
  };
}

/** Does nothing until the signal aborts, then settles as an aborted tool does. */
export function hangs(): FaultBehaviour {
  return async ({ context: { signal }, action }) => {
    if (!signal.aborted) {
      await new Promise<void>(resolve =>
        signal.addEventListener('abort', () => resolve(), { once: true }),
      );
    }
    throw new DriverAbortedError(`The ${action} was aborted`);
  };
}

/** Does nothing and hears nothing: only the end of its process ends it. */
export function hangsDeaf(): FaultBehaviour {
  return waitsFor(new Promise(() => {}));
}

/** Waits for a promise and does not hear the signal: a tool that does not listen. */
export function waitsFor(gate: Promise<unknown>): FaultBehaviour {
  return async () => {
    await gate;
  };
}

/** Kills its own process, at once and without a last word. */
export function dies(): FaultBehaviour {
  return hangsAfter(() => process.kill(process.pid, 'SIGKILL'));
}

export function lies(lie: FaultLie): FaultBehaviour {
  return call => call.lie(lie);
}

export function prints(...lines: string[]): FaultBehaviour {
  return ({ context }) => {
    for (const text of lines)
      context.log({ stream: 'stdout', level: 'info', text });
  };
}

/** Prints `count` numbered lines, each of about `length` characters. */
export function printsMany(count: number, length = 0): FaultBehaviour {
  return ({ context }) => {
    for (let n = 1; n <= count; n++) {
      const text = `line ${n}`.padEnd(length, ' .');
      context.log({ stream: 'stdout', level: 'info', text });
    }
  };
}

export function printsMegabytes(megabytes: number): FaultBehaviour {
  return printsMany(megabytes * 1024, 1024);
}

export function takes(ms: number): FaultBehaviour {
  return call => call.sleep(ms);
}

/** Makes some resources before whatever follows: what a half-done apply leaves. */
export function makes(...addresses: string[]): FaultBehaviour {
  return call => call.make(addresses);
}

/** Makes some resources that no destroy will find. */
export function strays(...addresses: string[]): FaultBehaviour {
  return call => call.stray(addresses);
}

/** The signal is delivered a moment later: nothing more must happen until then. */
function hangsAfter(act: () => void): FaultBehaviour {
  return async () => {
    act();
    await new Promise(() => {});
  };
}
