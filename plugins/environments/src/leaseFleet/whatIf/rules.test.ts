import { limitsText, toFields, toRule, toRules, whomText } from './rules';

const RULE = {
  match: { type: ['sandbox', 'preview'], owner: ['group:default/interns'] },
  default: '8h',
  max: '7d',
  extensions: { max: 2, by: '24h' },
  jitter: '10m',
  allowUnlimited: false,
};

describe('rules that are tried', () => {
  it('come out of the form as they went in, with what it does not ask for', () => {
    expect(toRule(toFields(RULE), RULE)).toEqual(RULE);
    expect(
      toRule(toFields({ allowUnlimited: true }), { allowUnlimited: true }),
    ).toEqual({ allowUnlimited: true });
    expect(toRule(toFields({}))).toEqual({});
  });

  it('are handed on as they were typed, for the portal to say what is wrong', () => {
    const fields = { ...toFields({}), max: ' a week ', extensions: '0' };
    expect(toRule(fields)).toEqual({ max: 'a week', extensions: { max: 0 } });
  });

  it('are told in words', () => {
    expect(whomText(RULE)).toBe('type sandbox or preview, owner interns');
    expect(whomText({ max: '7d' })).toBe('all environments');
    expect(limitsText(RULE)).toBe(
      '8h by default, at most 7d, 2 extensions at most, extended by 24h at most, spread over 10m, must have an end',
    );
    expect(limitsText({})).toBe('limits nothing');
  });

  it('leave out what is to be tried without', () => {
    const tried = [{ rule: RULE, isOut: true }, { rule: { max: '1d' } }];
    expect(toRules(tried)).toEqual([{ max: '1d' }]);
  });
});
