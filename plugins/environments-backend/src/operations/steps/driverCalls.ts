import {
  EnvironmentDriver,
  PlanGoneError,
} from '@greenroom/plugin-environments-node';

/**
 * What a driver threw. Told apart from everything that breaks around it: a connection that a driver
 * lost is a failure of its step, one to our own database says nothing about the step.
 */
export class DriverCallError extends Error {
  constructor(readonly thrown: unknown) {
    super('A driver has failed', { cause: thrown });
  }
}

type Calls = Pick<EnvironmentDriver, 'plan' | 'apply' | 'destroy' | 'prove'>;

/** @throws from its methods: DriverCallError, or PlanGoneError as it is */
export function callsOf(driver: EnvironmentDriver): Calls {
  return {
    plan: (context, purpose) => told(() => driver.plan(context, purpose)),
    apply: (context, hash) => told(() => driver.apply(context, hash)),
    destroy: context => told(() => driver.destroy(context)),
    prove: context => told(() => driver.prove(context)),
  };
}

async function told<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof PlanGoneError) throw error;
    throw new DriverCallError(error);
  }
}
