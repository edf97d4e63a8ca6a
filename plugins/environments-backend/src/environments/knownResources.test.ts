import { knownResources } from './knownResources';

const page = { address: 'local_file.page', type: 'local_file' };
const made = { ...page, externalId: 'a1' };

describe('knownResources', () => {
  it('has what an apply that did not end reported as made', () => {
    expect(knownResources({ resources: [], reported: [made] })).toEqual([made]);
  });

  it('has each once, with its id where one is known', () => {
    expect(
      knownResources({ resources: [page], reported: [made, made] }),
    ).toEqual([made]);
  });

  it('tells two of the same address apart by their ids', () => {
    const other = { ...page, externalId: 'b2' };
    expect(knownResources({ resources: [made], reported: [other] })).toEqual([
      made,
      other,
    ]);
  });
});
