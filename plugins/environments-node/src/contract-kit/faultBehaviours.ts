import { Problem } from '@greenroom/plugin-environments-common';
import { DriverContext, DriverResource } from '../driver';
import { DriverAbortedError, DriverError } from '../errors';

export type FaultAction = 'plan' | 'apply' | 'destroy' | 'prove';

/** What a behaviour sees of the call that it takes part in. */
export interface FaultCall {
  action: FaultAction;
  /** 1 for the first call of this action on this component of this environment. */
  attempt: number;
  context: DriverContext;
  /** Puts resources into the world at once, as a tool does that fails later. */
  make(resources: DriverResource[]): void;
  /** Waits by the driver's injected timer; ends early when the signal aborts. */
  sleep(ms: number): Promise<void>;
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

/** Waits for a promise and does not hear the signal: a tool that does not listen. */
export function waitsFor(gate: Promise<unknown>): FaultBehaviour {
  return async () => {
    await gate;
  };
}

export function prints(...lines: string[]): FaultBehaviour {
  return ({ context }) => {
    for (const text of lines)
      context.log({ stream: 'stdout', level: 'info', text });
  };
}

/** Prints `count` numbered lines. */
export function printsMany(count: number): FaultBehaviour {
  return ({ context }) => {
    for (let n = 1; n <= count; n++)
      context.log({ stream: 'stdout', level: 'info', text: `line ${n}` });
  };
}

export function takes(ms: number): FaultBehaviour {
  return call => call.sleep(ms);
}

/** Makes some resources before whatever follows: what a half-done apply leaves. */
export function makes(...addresses: string[]): FaultBehaviour {
  return call =>
    call.make(addresses.map(address => ({ address, type: 'fault_thing' })));
}
