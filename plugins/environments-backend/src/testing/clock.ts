import { addSeconds, Clock, systemClock } from '../clock';

/** A clock that a test sets forward; it stands still otherwise. */
export class TestClock implements Clock {
  #now = systemClock.now();

  now(): Date {
    return this.#now;
  }

  advance(seconds: number): Date {
    this.#now = addSeconds(this.#now, seconds);
    return this.#now;
  }
}
