import { aBlueprint } from '../testing/builders';
import {
  countBlueprintFilters,
  filterBlueprints,
  filterOptions,
  readBlueprintFilters,
  writeBlueprintFilters,
} from './filters';

const ALL = [
  aBlueprint({ name: 'a', type: 'sandbox', tags: ['web', 'aws'] }),
  aBlueprint({ name: 'b', type: 'preview', tags: ['web'] }),
  aBlueprint({ name: 'c', type: 'preview', owner: 'group:default/data' }),
];

const names = (address: string) =>
  filterBlueprints(ALL, readBlueprintFilters(new URLSearchParams(address))).map(
    ({ name }) => name,
  );

describe('filters of blueprints', () => {
  it('narrow by type, owner and tag, each of which takes several values', () => {
    expect(names('')).toEqual(['a', 'b', 'c']);
    expect(names('type=preview')).toEqual(['b', 'c']);
    expect(names('tag=aws&tag=sandbox')).toEqual(['a', 'c']);
    expect(names('type=preview&owner=group:default/data')).toEqual(['c']);
  });

  it('survive the way through an address, as short as it can be', () => {
    const address = 'q=shop&type=preview&tag=a+b&tag=c';
    const filters = readBlueprintFilters(new URLSearchParams(address));
    expect(writeBlueprintFilters(filters).toString()).toBe(address);
    expect(countBlueprintFilters(filters)).toBe(2);
    expect(
      writeBlueprintFilters(
        readBlueprintFilters(new URLSearchParams()),
      ).toString(),
    ).toBe('');
  });

  it('offer what there is, and what was chosen before it went', () => {
    const { type, owner } = filterOptions(
      ALL,
      readBlueprintFilters(new URLSearchParams('type=gone')),
    );
    expect(type.map(({ id }) => id)).toEqual(['gone', 'preview', 'sandbox']);
    expect(owner.map(({ label }) => label)).toEqual(['data', 'platform']);
  });
});
