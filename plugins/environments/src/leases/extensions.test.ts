import { extensionChoices, usedText } from './extensions';

const EXPIRES = '2040-11-20T18:00:00.000Z';
const NOW = Date.parse('2040-11-18T00:00:00.000Z');

describe('the ways to extend a lease', () => {
  it('begin with the usual one and end with as far as it goes', () => {
    const choices = extensionChoices(
      {
        expiresAt: EXPIRES,
        extension: { usualSeconds: 86_400, until: '2040-11-22T00:00:00.000Z' },
      },
      NOW,
    );
    expect(choices.map(({ label, until }) => [label, until])).toEqual([
      ['1 d', '2040-11-21T18:00:00.000Z'],
      ['1 h', '2040-11-20T19:00:00.000Z'],
      ['4 h', '2040-11-20T22:00:00.000Z'],
      ['8 h', '2040-11-21T02:00:00.000Z'],
      ['1 d 6 h, as far as it goes', '2040-11-22T00:00:00.000Z'],
    ]);
  });

  it('are cut to what is left, though the usual one is longer', () => {
    const choices = extensionChoices(
      {
        expiresAt: EXPIRES,
        extension: { usualSeconds: 86_400, until: '2040-11-20T18:30:00.000Z' },
      },
      NOW,
    );
    expect(choices).toEqual([
      {
        id: '1800s',
        length: '30 min',
        label: '30 min, as far as it goes',
        until: '2040-11-20T18:30:00.000Z',
      },
    ]);
  });

  it('are none where none is possible, or nothing expires', () => {
    expect(
      extensionChoices(
        { expiresAt: EXPIRES, extension: { until: EXPIRES } },
        NOW,
      ),
    ).toEqual([]);
    expect(extensionChoices({ extension: {} }, NOW)).toEqual([]);
  });

  it('count from now on where its time was up', () => {
    const [choice] = extensionChoices(
      { expiresAt: EXPIRES, extension: { usualSeconds: 3600 } },
      Date.parse('2040-11-21T18:00:00.000Z'),
    );
    expect(choice.until).toBe('2040-11-21T19:00:00.000Z');
  });

  it('are counted where a rule counts them', () => {
    const holdMax = { value: 1, rule: 'lease.hold.max' };
    const extensions = { value: 3, rule: 'ttl.extensions.max' };
    expect(
      usedText({ extensionsUsed: 1, rules: { holdMax, extensions } }),
    ).toBe('1 of 3 used');
    expect(usedText({ extensionsUsed: 1, rules: { holdMax } })).toBeUndefined();
  });
});
