import {
  LiveComponent,
  LiveDetail,
  Problem,
} from '@greenroom/plugin-environments-common';
import { DriverEnvironment } from './driver';

/** A component that may have been made, as far as its system knows it by. */
export interface DriverTarget {
  environment: DriverEnvironment;
  component: string;
}

/** How a component stands. */
export type DriverSighting = Omit<LiveComponent, 'driver' | 'component'> & {
  target: DriverTarget;
};

/** One component with all that is seen of it. */
export type DriverInspection = Omit<LiveDetail, 'driver' | 'component'>;

/**
 * What a driver sees of its components between operations, by a system that looks after them by
 * itself. It needs no folder and no state, never waits for what it asks for, and tells of nothing
 * that does not belong to the component. Failures with a known cause are thrown as a DriverError.
 */
export interface DriverLive {
  /**
   * How many components stand, by the last look of their system. The number of requests must not
   * grow with each of them: there may be thousands. Those that are not there are left out; of
   * those whose system can't be asked `problems` tells, once per cause.
   */
  observe(
    targets: DriverTarget[],
    signal: AbortSignal,
  ): Promise<{ seen: DriverSighting[]; problems: Problem[] }>;

  /** @returns undefined where the component is not there */
  inspect(
    target: DriverTarget,
    signal: AbortSignal,
  ): Promise<DriverInspection | undefined>;

  /**
   * Asks for what was last applied to be made again, what is too much included.
   *
   * @param by - entity ref of whoever asks; the system keeps it with what it does
   */
  sync(target: DriverTarget, by: string, signal: AbortSignal): Promise<void>;

  /**
   * Asks for an entry of the history to be made again. What was last applied stays what is
   * declared, so the component is out of sync afterwards.
   *
   * @param to - id of the entry
   */
  rollback(
    target: DriverTarget,
    to: string,
    by: string,
    signal: AbortSignal,
  ): Promise<void>;
}
