import { sourceDigest } from '../../blueprints/snapshot';
import { componentHash, Recipe } from './recipe';

const recipe: Recipe = {
  driver: 'fault',
  blueprintVersionId: '1',
  snapshotDigest: 'a',
  sourcePath: 'app',
  with: { size: 'small', tags: { a: 1, b: 2 } },
  paused: false,
};

describe('the hash of a component', () => {
  const hash = componentHash(recipe, 'source');

  it('does not depend on the version, the rest of the snapshot or the order of keys', () => {
    const other = {
      ...recipe,
      blueprintVersionId: '2',
      snapshotDigest: 'b',
      with: { tags: { b: 2, a: 1 }, size: 'small' },
    };
    expect(componentHash(other, 'source')).toBe(hash);
  });

  it.each<[string, Partial<Recipe>, string]>([
    ['its source', {}, 'another'],
    ['its driver', { driver: 'other' }, 'source'],
    ['what it is given', { with: { size: 'large' } }, 'source'],
    ['being paused', { paused: true }, 'source'],
  ])('changes with %s', (_what, change, source) => {
    expect(componentHash({ ...recipe, ...change }, source)).not.toBe(hash);
  });
});

describe('the digest of a source', () => {
  const listing = new Map([
    ['app/main.tf', 'one'],
    ['app/lib/x.tf', 'two'],
    ['apple/main.tf', 'three'],
  ]);
  const digest = sourceDigest(listing, 'app');

  it('is over the whole top folder, which holds what a module uses beside it', () => {
    const changed = new Map(listing).set('app/lib/x.tf', 'other');
    expect(sourceDigest(changed, 'app')).not.toBe(digest);
    expect(sourceDigest(changed, 'app/lib')).not.toBe(
      sourceDigest(listing, 'app/lib'),
    );
  });

  it('leaves out every other folder, and the order in which files come', () => {
    const changed = new Map(
      [...listing]
        .reverse()
        .map(([path, content]) => [
          path,
          path.startsWith('apple/') ? 'other' : content,
        ]),
    );
    expect(sourceDigest(changed, 'app')).toBe(digest);
  });
});
