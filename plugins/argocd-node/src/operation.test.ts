import { anApplication } from './__testUtils__/server';
import { application } from './answers';
import { comparisonErrors, progressOf } from './operation';

const ours = { name: 'greenroom', value: 'op-2' };
const theirs = { name: 'greenroom', value: 'op-1' };

const state = (info: typeof ours, phase: string) => ({
  operation: { info: [info] },
  phase,
});
const progress = (status: object, operation?: object) =>
  progressOf(
    application.parse({ ...anApplication('shop', { status }), operation }),
    ours,
  ).state;

describe('progressOf', () => {
  it('waits for an operation that has not begun, whatever the one before came to', () => {
    expect(progress({ operationState: null }, { info: [ours] })).toBe(
      'pending',
    );
    expect(
      progress(
        { operationState: state(theirs, 'Succeeded') },
        { info: [ours] },
      ),
    ).toBe('pending');
  });

  it.each(['Running', 'Terminating'])('takes %s for under way', phase => {
    expect(progress({ operationState: state(ours, phase) })).toBe('running');
  });

  it('is not over while the operation itself is still there', () => {
    expect(
      progress({ operationState: state(ours, 'Succeeded') }, { info: [ours] }),
    ).toBe('running');
  });

  it.each(['Succeeded', 'Failed', 'Error'])('is over with %s', phase => {
    expect(progress({ operationState: state(ours, phase) })).toBe('over');
  });

  it('waits while all that is told of is what was there before it', () => {
    const at = (startedAt?: string) =>
      application.parse(
        anApplication('shop', {
          ...(startedAt && {
            status: {
              operationState: { ...state(theirs, 'Succeeded'), startedAt },
            },
          }),
        }),
      );
    const since = (now?: string, before?: string) => {
      const known = { before: at(before).status.operationState };
      return progressOf(at(now), ours, known).state;
    };
    expect(since('2026-01-01T10:00:00Z', '2026-01-01T10:00:00Z')).toBe(
      'pending',
    );
    expect(since(undefined, undefined)).toBe('pending');
    expect(since('2026-01-01T10:05:00Z', '2026-01-01T10:00:00Z')).toBe(
      'superseded',
    );
    expect(since('2026-01-01T10:05:00Z', undefined)).toBe('superseded');
  });

  it('knows when another operation has taken its place', () => {
    expect(progress({ operationState: state(theirs, 'Running') })).toBe(
      'superseded',
    );
    expect(
      progress({ operationState: state(ours, 'Failed') }, { info: [theirs] }),
    ).toBe('superseded');
    expect(progress({})).toBe('superseded');
  });
});

it('gives the reasons for which nothing can be compared', () => {
  const conditions = [
    { type: 'ComparisonError', message: 'no such revision' },
    { type: 'OrphanedResourceWarning', message: 'three' },
  ];
  const shop = application.parse(
    anApplication('shop', { status: { conditions } }),
  );
  expect(comparisonErrors(shop)).toEqual(['no such revision']);
});
