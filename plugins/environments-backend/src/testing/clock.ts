import { addSeconds, Clock, systemClock } from '../clock';

/** A clock that a test sets forward; it stands still otherwise. */
export class TestClock implements Clock {
  #now = systemClock.now();

  now(): Date {
    return this.#now;
  }

  /** To a moment later than now. */
  goTo(moment: Date): void {
    if (moment < this.#now) throw new Error(`${moment} is in the past`);
    this.#now = moment;
  }

  advance(seconds: number): Date {
    this.#now = addSeconds(this.#now, seconds);
    return this.#now;
  }
}
