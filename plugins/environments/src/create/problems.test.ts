import { sortProblems } from './problems';

describe('sortProblems', () => {
  it('puts each problem beside its field, remedy included', () => {
    expect(
      sortProblems([
        {
          code: 'a',
          message: 'Taken.',
          remedy: 'Choose another.',
          field: '/name',
        },
        { code: 'e', message: 'Odd label.', field: '/labels/team' },
        { code: 'b', message: 'Too long.', field: '/ttl' },
        { code: 'c', message: 'Too many.', field: '/inputs/pages' },
        { code: 'd', message: 'Odd.', field: '/inputs/a~1b/0' },
      ]),
    ).toEqual({
      name: 'Taken. Choose another.',
      labels: 'Odd label.',
      ttl: 'Too long.',
      inputs: {
        pages: { __errors: ['Too many.'] },
        'a/b': { 0: { __errors: ['Odd.'] } },
      },
      others: [],
    });
  });

  it('keeps what belongs to no field', () => {
    const problem = { code: 'x', message: 'No.', field: '/version' };
    const place = { code: 'y', message: 'No.', place: { file: 'a.tf' } };
    expect(sortProblems([problem, place]).others).toEqual([problem, place]);
  });
});
