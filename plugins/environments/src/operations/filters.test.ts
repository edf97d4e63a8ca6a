import {
  changeOperationFilters,
  readOperationFilters,
  toOperationsQuery,
  writeOperationFilters,
} from './filters';

const read = (text: string) => readOperationFilters(new URLSearchParams(text));

describe('filters of operations in the address', () => {
  it('come back as they were written, beside what else stands there', () => {
    const text =
      'id=env-1&scope=all&q=shop&state=failed&state=waiting&kind=update&owner=group%3Adefault%2Fa&cursor=abc&from=51';
    expect(
      writeOperationFilters(
        new URLSearchParams('id=env-1&state=running'),
        read(text),
      ).toString(),
    ).toBe(text);
  });

  it('that nobody knows are passed over', () => {
    expect(read('scope=x&state=asleep&kind=dance&from=9')).toEqual(read(''));
  });

  it('lead back to the first page when one changes', () => {
    expect(
      changeOperationFilters(read('cursor=abc&from=51'), { kind: ['destroy'] }),
    ).toMatchObject({ kind: ['destroy'], cursor: undefined, offset: 0 });
  });

  it('go to the server without the offset, which only the page shows', () => {
    expect(toOperationsQuery(read('cursor=abc&from=51'))).toEqual({
      scope: 'teams',
      search: '',
      state: [],
      kind: [],
      owner: [],
      cursor: 'abc',
      limit: 50,
    });
  });
});
