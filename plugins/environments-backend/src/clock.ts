/** The only place that reads the wall clock; everything else is handed a Clock. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = {
  now: () => new Date(),
};

/** The moment so many seconds after (or, negative, before) another. */
export function addSeconds(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

/** A moment as JSON holds it. */
export function momentOf(text: string): Date {
  return new Date(text);
}

/** The later of two moments. */
export function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}

/** The earlier of two moments. */
export function earlierOf(one: Date, other: Date): Date {
  return one < other ? one : other;
}
