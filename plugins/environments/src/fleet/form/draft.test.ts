import { missingIn, newDraft, schemaOf, toRequest } from './draft';

const night = {
  days: ['sat' as const],
  from: '22:00',
  to: '04:00',
  timeZone: 'Europe/Berlin',
};

describe('the form of a fleet upgrade', () => {
  it('asks for nothing that was not chosen', () => {
    expect(toRequest({ ...newDraft('shop'), reason: ' it is old ' })).toEqual({
      selection: { blueprint: 'shop' },
      order: 'name',
      waves: [{ count: 1 }],
      concurrency: 5,
      failureBudget: 0,
      reason: 'it is old',
    });
  });

  it('asks for what was', () => {
    expect(
      toRequest({
        ...newDraft('shop'),
        version: '2.0.0',
        from: ['1.0.0'],
        owner: ['group:default/checkout'],
        label: { texts: ['team=checkout'], typed: 'tier' },
        waves: [{ size: 25, unit: 'percent' }],
        windows: [night],
        inputs: { region: 'north' },
      }),
    ).toMatchObject({
      selection: {
        version: ['1.0.0'],
        owner: ['group:default/checkout'],
        label: ['team=checkout', 'tier'],
      },
      version: '2.0.0',
      waves: [{ percent: 25 }],
      windows: [night],
      inputs: { region: 'north' },
    });
  });

  it('says what is missing', () => {
    expect(missingIn(newDraft(''))).toBe('Choose a blueprint.');
    expect(
      missingIn({ ...newDraft('shop'), label: { texts: [], typed: 'a b' } }),
    ).toBe('Correct the label, or leave it out.');
    expect(
      missingIn({ ...newDraft('shop'), windows: [{ ...night, days: [] }] }),
    ).toBe('Choose the days of each window.');
    expect(
      missingIn({ ...newDraft('shop'), windows: [night] }),
    ).toBeUndefined();
  });

  it('needs of the inputs only those that are new', () => {
    const region = { type: 'string', title: 'Region' };
    expect(
      schemaOf({ properties: { region, size: {} }, required: ['size'] }, [
        'region',
        'gone',
      ]),
    ).toEqual({
      type: 'object',
      required: ['region'],
      properties: { region },
    });
  });
});
