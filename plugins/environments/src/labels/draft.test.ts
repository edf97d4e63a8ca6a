import {
  checkLabel,
  checkSelector,
  draftOf,
  enteredIn,
  errorIn,
  labelChanges,
  labelsOf,
  labelTexts,
} from './draft';

describe('labels that are being entered', () => {
  it('come back as they were written', () => {
    const labels = { team: 'checkout', empty: '', 'a.example/b': '2' };
    expect(labelTexts(labels)).toEqual([
      'a.example/b=2',
      'empty',
      'team=checkout',
    ]);
    expect(labelsOf(labelTexts(labels))).toEqual(labels);
  });

  it('hold what is typed as if it had been added, in place of the same key', () => {
    const draft = { texts: ['team=a', 'tier=1'], typed: ' team=b ' };
    expect(enteredIn(draft, checkLabel)).toEqual(['tier=1', 'team=b']);
    expect(enteredIn({ ...draft, typed: 'no good' }, checkLabel)).toEqual(
      draft.texts,
    );
    expect(enteredIn(draftOf(['a']), checkLabel)).toEqual(['a']);
  });

  it('say what is wrong with what is typed', () => {
    const typed = (text: string) => ({ texts: [], typed: text });
    expect(errorIn(typed('  '), checkLabel)).toBeUndefined();
    expect(errorIn(typed('team=b'), checkLabel)).toBeUndefined();
    expect(errorIn(typed('no good'), checkLabel)).toMatch(/not a fit key/);
    expect(errorIn(typed('a=b c'), checkSelector)).toMatch(/not a fit value/);
    expect(errorIn(typed('backstage.io/x=1'), checkLabel)).toMatch(/own/);
    expect(errorIn(typed('backstage.io/x=1'), checkSelector)).toBeUndefined();
  });

  it('ask for no more than differs', () => {
    expect(
      labelChanges(
        { same: '1', other: '1', gone: '1', constructor: 'x' },
        { same: '1', other: '2', fresh: '' },
      ),
    ).toEqual({ other: '2', gone: null, constructor: null, fresh: '' });
  });
});
