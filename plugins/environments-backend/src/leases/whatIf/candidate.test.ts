import { JsonObject } from '@greenroom/plugin-environments-common';
import { readCandidateRules, writeRules } from './candidate';

describe('rules that are tried', () => {
  it('are those of a configuration, and are written as they were read', () => {
    const rules: JsonObject[] = [
      {
        match: { type: ['sandbox'], owner: ['group:default/interns'] },
        default: '90m',
        min: '45s',
        max: '7d',
        extensions: { max: 2, by: '36h' },
        holdMax: '1d',
        jitter: '10m',
        allowUnlimited: false,
      },
      {},
    ];
    expect(writeRules(readCandidateRules(rules))).toEqual(rules);
  });

  it.each<[JsonObject, string, string]>([
    [{ max: 'soon' }, '/rules/1/max', 'rules[1].max is "soon"'],
    [{ max: 7 }, '/rules/1/max', 'rules[1].max'],
    [{ most: '1d' }, '/rules/1', 'rules[1] has a key "most"'],
    [{ extensions: { max: -1 } }, '/rules/1/extensions/max', 'is -1'],
    [{ match: { owner: ['platform'] } }, '/rules/1/match/owner', 'platform'],
    [{ min: '2d', max: '1d' }, '/rules/1/min', 'longer than its max'],
  ])('are refused at their place: %j', (rule, field, message) => {
    expect(() => readCandidateRules([{}, rule])).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            code: 'lease.rules.invalid',
            field,
            message: expect.stringContaining(message),
          }),
        ],
      }),
    );
  });
});
