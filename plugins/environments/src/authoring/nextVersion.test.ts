import { raised } from './nextVersion';

const source = {
  document: 'metadata:\n  name: a\nspec:\n  version: 1.2.0\n  version2: x\n',
  files: {},
};
const of = (status: 'published' | 'draft', version = '1.2.0') => ({
  version,
  status,
  publishedBy: 'user:default/amir',
  problems: [],
  environments: 0,
});
const versionIn = ({ document }: typeof source) =>
  /^ {2}version: (.*)$/m.exec(document)?.[1];

it('begins from a published version with the next number that is free', () => {
  expect(versionIn(raised(source, of('published'), ['1.2.0']))).toBe('1.3.0');
  expect(versionIn(raised(source, of('published'), ['1.3.0', '1.4.0']))).toBe(
    '1.5.0',
  );
});

it('goes on with a draft under its own number', () => {
  expect(raised(source, of('draft'), ['1.2.0'])).toEqual(source);
});

it('leaves a number alone that it can’t count', () => {
  expect(raised(source, of('published', 'next'), [])).toEqual(source);
});
