import { isSelected } from './selector';

it.each([
  ['', true],
  ['a=1', true],
  ['a=2', false],
  ['a=1,b=2', true],
  ['a=1,b=1', false],
  ['a in (0,1),b=2', true],
  ['b in (1, 2),a=1', true],
  ['b in (1,3)', false],
  ['c=1', false],
  ['a==1', true],
  ['a!=1', false],
  ['c!=1', true],
  ['b notin (1,3)', true],
  ['b notin (2)', false],
  ['a', true],
  ['!a', false],
  ['!c,a', true],
])('selects by "%s": %s', (selector, expected) => {
  expect(isSelected({ a: '1', b: '2' }, selector)).toBe(expected);
});

it('selects nothing without labels by one', () => {
  expect(isSelected(undefined, 'a=1')).toBe(false);
});

it.each(['a in', '=1', '!a=1', 'a=(1', 'a'.repeat(5000)])(
  'says of %p that it is none, whatever there is to select from',
  selector => {
    expect(() => isSelected({}, selector)).toThrow(
      'error parsing the selector',
    );
  },
);
