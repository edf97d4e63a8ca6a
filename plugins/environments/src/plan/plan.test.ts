import {
  aComponentPlan,
  anAttribute,
  aResourceChange,
} from '../testing/planBuilders';
import { searchPlan, whatHappens, withoutChanges } from './resourceWords';
import { afterOf, beforeOf, valueText } from './values';

describe('the two sides of a change', () => {
  it('are values as one would write them', () => {
    const change = anAttribute({ before: 'small', after: ['a', 1] });
    expect(beforeOf(change).text).toBe('"small"');
    expect(afterOf(change).text).toBe('["a",1]');
  });

  it('never show what is sensitive', () => {
    const change = anAttribute({ sensitive: true, before: 'x', after: 'y' });
    expect([beforeOf(change).text, afterOf(change).text]).toEqual([
      '•••••••• sensitive',
      '•••••••• sensitive',
    ]);
  });

  it('say what is not known yet, and what is not there', () => {
    const change = anAttribute({ unknown: true, after: undefined });
    expect(afterOf(change)).toEqual({
      text: 'known after apply',
      remark: true,
    });
    expect(beforeOf({ ...change, before: undefined }).text).toBe('not set');
  });

  it('are texts without the lines that stay', () => {
    const change = anAttribute({ before: 'a\nb\nc', after: 'a\nB\nc' });
    expect(beforeOf(change).text).toBe(
      '⋯ 1 line unchanged\nb\n⋯ 1 line unchanged',
    );
    expect(afterOf(change).text).toBe(
      '⋯ 1 line unchanged\nB\n⋯ 1 line unchanged',
    );
  });

  it('are texts as they are where there is nothing to compare them with', () => {
    const change = anAttribute({ before: undefined, after: 'a\n"b"' });
    expect(afterOf(change).text).toBe('a\n"b"');
  });

  it('go over several lines when they are long', () => {
    expect(valueText({ a: 'x'.repeat(80) })).toContain('\n');
  });
});

describe('whatHappens', () => {
  it('says which attribute forces a replacement', () => {
    expect(
      whatHappens(
        aResourceChange({
          action: 'replace',
          attributes: [
            anAttribute({ path: 'engine', forcesReplacement: true }),
          ],
        }),
      ),
    ).toBe('replaced, its data is lost: engine forces it');
  });

  it('counts attributes that change in place', () => {
    expect(whatHappens(aResourceChange({ attributes: [anAttribute()] }))).toBe(
      'changed in place, 1 attribute',
    );
  });
});

describe('withoutChanges', () => {
  it('says what must be made before', () => {
    expect(
      withoutChanges(aComponentPlan({ deferredBy: ['database', 'cache'] })),
    ).toBe('can only be planned once database and cache are applied');
  });

  it('is silent where there are changes', () => {
    expect(
      withoutChanges(aComponentPlan({ changes: [aResourceChange()] })),
    ).toBeUndefined();
  });
});

describe('searchPlan', () => {
  it('finds by address and by attribute', () => {
    const changes = [
      aResourceChange({ address: 'aws_db_instance.main' }),
      aResourceChange({
        address: 'aws_s3_bucket.assets',
        type: 'aws_s3_bucket',
        attributes: [anAttribute({ path: 'tags.owner' })],
      }),
    ];
    expect(searchPlan(changes, 'DB_')).toEqual([changes[0]]);
    expect(searchPlan(changes, 'owner')).toEqual([changes[1]]);
    expect(searchPlan(changes, ' ')).toBe(changes);
  });
});
