import { readFileSync } from 'node:fs';

/*
 * Loaded into every process of a portal under test, before anything else: its wall clock is ahead
 * by as many milliseconds as stand in the file of GREENROOM_TEST_CLOCK. Timers and the monotonic
 * clock go on as they are, just as when somebody sets the clock of a machine.
 */
const RealDate = Date;
const file = process.env.GREENROOM_TEST_CLOCK;
let ahead = 0;
let readAt = -Infinity;

function now() {
  const at = performance.now();
  if (at - readAt > 100) {
    readAt = at;
    ahead = Number(readFileSync(file, 'utf8'));
  }
  return RealDate.now() + ahead;
}

class MovedDate extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now()] : args));
  }

  static now() {
    return now();
  }
}

Object.defineProperty(MovedDate, 'name', { value: RealDate.name });
// Not an assignment, which the type checker would take for a declaration.
Reflect.set(globalThis, 'Date', MovedDate);
