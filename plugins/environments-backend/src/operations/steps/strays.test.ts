import { straysBeside, withoutPlanned, withReported } from './strays';

const thing = (address: string, externalId?: string) => ({
  address,
  type: 'thing',
  ...(externalId && { externalId }),
});

describe('what a run said it made', () => {
  it('is kept once, however often it is said', () => {
    const twice = [thing('a', '1'), thing('a', '1'), thing('a', '2')].reduce(
      withReported,
      [],
    );
    expect(twice).toEqual([thing('a', '1'), thing('a', '2')]);
  });

  it('is forgotten when an apply ends with it in the state', () => {
    expect(straysBeside([thing('a', '1')], [thing('a', '1')])).toEqual([]);
    // Not every tool knows the id at once.
    expect(straysBeside([thing('a')], [thing('a', '1')])).toEqual([]);
  });

  it('is a stray when an apply ends without it', () => {
    expect(
      straysBeside([thing('a', '1'), thing('b')], [thing('a', '2')]),
    ).toEqual([
      { ...thing('a', '1'), stray: true },
      { ...thing('b'), stray: true },
    ]);
  });

  it('is known to be in the state when a plan changes or removes it', () => {
    const reported = [
      thing('a', '1'),
      { ...thing('a', '0'), stray: true as const },
      thing('b'),
    ];
    const change = (action: 'add' | 'replace') => ({
      ...thing('a'),
      action,
      attributes: [],
      digest: '',
    });
    expect(withoutPlanned(reported, [change('replace')])).toEqual(
      reported.slice(1),
    );
    expect(withoutPlanned(reported, [change('add')])).toEqual(reported);
  });
});
