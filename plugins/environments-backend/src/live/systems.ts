import { DriverError } from '@greenroom/plugin-environments-node';
import { DriverCallError } from '../operations/steps/driverCalls';
import { SystemSilentError } from './errors';

/** Asks the systems behind drivers; people wait for the answer, so there is an end to that. */
export class SystemCalls {
  constructor(private readonly options: { withinMs: number }) {}

  /**
   * @throws DriverError as the driver threw it
   * @throws SystemSilentError also where the driver does not heed its signal
   * @throws DriverCallError for what no driver should throw
   */
  async ask<T>(
    driver: string,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { withinMs } = this.options;
    const deadline = AbortSignal.timeout(withinMs);
    try {
      return await Promise.race([call(deadline), endOf(deadline)]);
    } catch (error) {
      if (deadline.aborted) {
        throw new SystemSilentError(driver, withinMs / 1000);
      }
      throw error instanceof DriverError ? error : new DriverCallError(error);
    }
  }
}

function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    }),
  );
}
