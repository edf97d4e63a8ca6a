import {
  labelCountProblem,
  labelProblems,
  labelSelectorProblem,
  MAX_LABELS,
  parseLabelSelector,
  withLabelChanges,
} from './labels';

const LONG = 'a'.repeat(64);

describe('labels of environments', () => {
  it.each([
    ['team', 'checkout'],
    ['example.com/Tier_2', '2'],
    ['empty', ''],
    ['constructor', 'anybody'],
    [LONG.slice(1), LONG.slice(1)],
  ])('may be %s: %s', (key, value) => {
    expect(labelProblems({ [key]: value })).toEqual([]);
  });

  it.each([
    ['', 'x', 'environment.labels.key', '/labels/'],
    ['-team', 'x', 'environment.labels.key', '/labels/-team'],
    [LONG, 'x', 'environment.labels.key', `/labels/${LONG}`],
    ['a/b/c', 'x', 'environment.labels.key', '/labels/a~1b~1c'],
    ['team', 'the checkout', 'environment.labels.value', '/labels/team'],
    ['team', LONG, 'environment.labels.value', '/labels/team'],
    [
      'greenroom.dev/type',
      'x',
      'environment.labels.reserved',
      '/labels/greenroom.dev~1type',
    ],
    [
      'backstage.io/owner',
      null,
      'environment.labels.reserved',
      '/labels/backstage.io~1owner',
    ],
  ])('may not be "%s": "%s"', (key, value, code, field) => {
    expect(labelProblems({ [key]: value })).toEqual([
      {
        code,
        field,
        message: expect.any(String),
        remedy: expect.any(String),
      },
    ]);
  });

  it('are not too many', () => {
    const labels = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`key-${index}`, '']),
      );
    expect(labelCountProblem(labels(MAX_LABELS))).toBeUndefined();
    expect(labelCountProblem(labels(MAX_LABELS + 1))).toMatchObject({
      code: 'environment.labels.many',
      field: '/labels',
    });
  });

  it('change where they are named, and nowhere else', () => {
    expect(
      withLabelChanges(
        { team: 'checkout', tier: '2', gone: '' },
        { tier: '3', gone: null, never: null, new: '' },
      ),
    ).toEqual({ team: 'checkout', tier: '3', new: '' });
  });

  it('are selected by key, or by key and value', () => {
    expect(parseLabelSelector('team')).toEqual({ key: 'team' });
    expect(parseLabelSelector('a.b/team=checkout')).toEqual({
      key: 'a.b/team',
      value: 'checkout',
    });
    expect(parseLabelSelector('empty=')).toEqual({ key: 'empty', value: '' });
    expect(labelSelectorProblem('greenroom.dev/x')).toBeUndefined();
    expect(labelSelectorProblem('team=a=b')?.code).toBe(
      'environment.labels.value',
    );
    expect(labelSelectorProblem('=checkout')?.code).toBe(
      'environment.labels.key',
    );
  });
});
