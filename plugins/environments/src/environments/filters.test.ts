import { changeFilters, readFilters, toQuery, writeFilters } from './filters';

const read = (text: string) => readFilters(new URLSearchParams(text));

describe('filters in the address', () => {
  it('come back as they were written', () => {
    const text =
      'scope=all&q=shop&state=failed&state=running&blueprint=site&owner=group%3Adefault%2Fa&label=team%3Dcheckout&label=tier&sort=name&order=desc&cursor=abc&from=51';
    expect(writeFilters(read(text)).toString()).toBe(text);
  });

  it('are left out where they are the usual ones', () => {
    expect(writeFilters(read('')).toString()).toBe('');
    expect(writeFilters(read('scope=teams&sort=timeLeft')).toString()).toBe('');
  });

  it('that nobody knows are passed over', () => {
    expect(
      read(
        'scope=everything&state=asleep&label=a%20b&sort=cost&from=-3&order=up',
      ),
    ).toEqual(read(''));
  });

  it('lead back to the first page when one changes', () => {
    const second = read('cursor=abc&from=51');
    expect(second).toMatchObject({ cursor: 'abc', offset: 50 });
    expect(changeFilters(second, { search: 'x' })).toMatchObject({
      search: 'x',
      cursor: undefined,
      offset: 0,
    });
  });

  it('go to the server without the offset, which only the page shows', () => {
    expect(toQuery(read('cursor=abc&from=51'))).toEqual({
      scope: 'teams',
      search: '',
      state: [],
      blueprint: [],
      owner: [],
      label: [],
      sort: 'timeLeft',
      order: 'asc',
      cursor: 'abc',
      limit: 50,
    });
  });
});
