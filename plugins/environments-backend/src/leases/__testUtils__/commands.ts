import fc from 'fast-check';

/** Something that happens to a lease, after so many seconds. */
export type LeaseCommand = { after: number } & (
  | { kind: 'extend'; bySeconds: number; override: boolean }
  | { kind: 'shorten'; bySeconds: number }
  | { kind: 'hold'; seconds: number }
  | { kind: 'release' | 'protect' | 'unprotect' | 'sweep' }
);

const HOUR = 3600;
const DAY = 24 * HOUR;

const seconds = (max: number) => fc.integer({ min: 1, max });
/** Most are short; some jump, and a clock may go back. */
const after = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: HOUR }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 3 * DAY }) },
  { weight: 1, arbitrary: fc.integer({ min: -HOUR, max: 0 }) },
);

/** Any sequence of what may happen to a lease of a few days. */
export const leaseCommands: fc.Arbitrary<LeaseCommand[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('extend' as const),
        after,
        bySeconds: seconds(2 * DAY),
        override: fc.boolean(),
      }),
    },
    fc.record({
      kind: fc.constant('shorten' as const),
      after,
      bySeconds: seconds(DAY),
    }),
    fc.record({
      kind: fc.constant('hold' as const),
      after,
      seconds: seconds(10 * DAY),
    }),
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('sweep' as const), after }),
    },
    fc.record({
      kind: fc.constantFrom(
        'release' as const,
        'protect' as const,
        'unprotect' as const,
      ),
      after,
    }),
  ),
  { maxLength: 20 },
);
