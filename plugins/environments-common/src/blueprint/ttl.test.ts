import fc from 'fast-check';
import { formatDurationSeconds, parseDurationSeconds } from '../duration';
import { documentOf, SHOP } from './__testUtils__/documents';
import { BLUEPRINT_LIMITS } from './document';
import { blueprintTtl, resolveTtl } from './ttl';

describe('blueprintTtl', () => {
  it('gives seconds, with the earliest warning first', () => {
    const text = SHOP.replace('[1h, 5m]', '[5m, 1h]');
    expect(blueprintTtl(documentOf(text))).toEqual({
      defaultSeconds: 7200,
      maxSeconds: 172_800,
      warnBeforeSeconds: [3600, 300],
    });
  });

  it('leaves out what the document leaves out', () => {
    const text = SHOP.slice(0, SHOP.indexOf('  ttl:'));
    expect(blueprintTtl(documentOf(text))).toEqual({
      defaultSeconds: undefined,
      maxSeconds: undefined,
      warnBeforeSeconds: [],
    });
  });
});

describe('resolveTtl', () => {
  const ttl = {
    defaultSeconds: 7200,
    maxSeconds: 86_400,
    warnBeforeSeconds: [],
  };
  const open = { warnBeforeSeconds: [] };

  it('takes what was asked for, else the default, else the maximum, else no end', () => {
    expect(resolveTtl(ttl, '2m')).toEqual({
      seconds: 120,
      reason: '2 min chosen at the request',
      problems: [],
    });
    expect(resolveTtl(ttl)).toMatchObject({ seconds: 7200 });
    expect(resolveTtl({ ...ttl, defaultSeconds: undefined })).toMatchObject({
      seconds: 86_400,
    });
    expect(resolveTtl(open)).toEqual({
      reason: 'the blueprint sets no TTL',
      problems: [],
    });
  });

  it.each(['', '0m', '-1h', '1.5h', '2 h', '1w', 'soon', '١h'])(
    'refuses %j as no duration',
    requested => {
      expect(resolveTtl(ttl, requested)).toMatchObject({
        problems: [{ code: 'ttl.invalid', field: '/ttl' }],
      });
    },
  );

  it('refuses more than the maximum, and more than ten years where there is none', () => {
    expect(resolveTtl(ttl, '25h').problems).toEqual([
      {
        code: 'ttl.too-long',
        field: '/ttl',
        message: '1 d 1 h is longer than the 1 d that this blueprint allows.',
        remedy: 'Choose 1 d or less.',
      },
    ]);
    expect(resolveTtl(open, '999999999d').problems).toMatchObject([
      { code: 'ttl.too-long' },
    ]);
  });

  it('never grants more than is allowed', () => {
    const duration = fc
      .tuple(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom(...'smhd'))
      .map(([count, unit]) => `${count}${unit}`);
    fc.assert(
      fc.property(duration, requested => {
        const { seconds, problems } = resolveTtl(open, requested);
        expect(seconds === undefined).toBe(problems.length === 1);
        if (seconds === undefined) return;
        expect(seconds).toBe(parseDurationSeconds(requested));
        expect(seconds).toBeLessThanOrEqual(BLUEPRINT_LIMITS.ttlSeconds);
      }),
    );
  });
});

describe('durations', () => {
  it('read back as they were written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e8 }), seconds => {
        expect(parseDurationSeconds(`${seconds}s`)).toBe(seconds);
        const words = formatDurationSeconds(seconds).split(' ');
        expect(words.length % 2).toBe(0);
        expect(words.length).toBeLessThanOrEqual(4);
      }),
    );
  });

  it.each([
    [90, '1 min 30 s'],
    [120, '2 min'],
    [3605, '1 h'],
    [129_600, '1 d 12 h'],
    [0, '0 s'],
  ])('say %i seconds as %s', (seconds, words) => {
    expect(formatDurationSeconds(seconds)).toBe(words);
  });
});
