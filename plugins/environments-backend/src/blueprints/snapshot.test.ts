import fc from 'fast-check';
import { join, resolve } from 'node:path';
import {
  pathMistake,
  SNAPSHOT_LIMITS,
} from '@greenroom/plugin-environments-common';
import { entryOf, entryProblems, makeSnapshot } from './snapshot';
import { filesOf } from './__testUtils__/room';

const segment = fc.oneof(
  fc.constantFrom('..', '.', '', 'a', 'b\\c', 'é', 'x\0y', '...', ' '),
  fc.string({ maxLength: 6 }),
);

describe('paths of a snapshot', () => {
  it('stay below the folder they are written to, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), segments => {
        const path = segments.join('/');
        fc.pre(pathMistake(path) === undefined);
        expect(resolve(join('/folder', path))).toBe(`/folder/${path}`);
      }),
    );
  });
});

describe('makeSnapshot', () => {
  const tree = fc.dictionary(fc.string({ minLength: 1 }), fc.string());

  it('gives the same digest to the same files in any order', () => {
    fc.assert(
      fc.property(tree, contents => {
        const files = filesOf(contents).map(entryOf);
        const turned = [...files].reverse();
        expect(makeSnapshot(turned).digest).toBe(makeSnapshot(files).digest);
      }),
    );
  });

  it('gives another digest to other files', () => {
    fc.assert(
      fc.property(tree, tree, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        fc.pre(
          Object.keys(one).length !== Object.keys(other).length ||
            Object.entries(one).some(([path, text]) => other[path] !== text),
        );
        expect(makeSnapshot(filesOf(one).map(entryOf)).digest).not.toBe(
          makeSnapshot(filesOf(other).map(entryOf)).digest,
        );
      }),
    );
  });
});

describe('entryProblems', () => {
  const codes = (files: { path: string; content: Buffer }[]) =>
    entryProblems(files.map(entryOf)).map(({ code }) => code);

  it('has none for what is within the limits', () => {
    expect(codes(filesOf({ 'site/main.tf': 'x' }))).toEqual([]);
  });

  it('refuses a file, files and a number of files beyond the limits', () => {
    const large = Buffer.alloc(SNAPSHOT_LIMITS.fileBytes + 1);
    expect(codes([{ path: 'a', content: large }])).toEqual([
      'blueprint.file.too-large',
    ]);
    const whole = Buffer.alloc(SNAPSHOT_LIMITS.fileBytes);
    const paths = ['a', 'b', 'c', 'd', 'e'];
    expect(codes(paths.map(path => ({ path, content: whole })))).toEqual([
      'blueprint.files.too-large',
    ]);
    const many = Array.from({ length: SNAPSHOT_LIMITS.files + 1 }, (_, n) => ({
      path: `f${n}`,
      content: Buffer.alloc(0),
    }));
    expect(codes(many)).toEqual(['blueprint.files.too-many']);
  });
});
