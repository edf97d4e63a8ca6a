import { BlueprintChange } from '@greenroom/plugin-environments-common';
import { groupChanges } from './groupChanges';

const change = (part: Partial<BlueprintChange>): BlueprintChange => ({
  kind: 'input.added',
  path: '/spec/inputs/properties/region',
  breaking: false,
  ...part,
});

it('groups changes by the part of the document, with what breaks in front', () => {
  const groups = groupChanges([
    change({}),
    change({ kind: 'component.added', path: '/spec/components/cache' }),
    change({
      kind: 'component.removed',
      path: '/spec/components/web',
      breaking: true,
    }),
    change({ kind: 'metadata.changed', path: '/metadata/title' }),
  ]);
  expect(
    groups.map(({ title, changes }) => [
      title,
      ...changes.map(({ path }) => path),
    ]),
  ).toEqual([
    ['Components', '/spec/components/web', '/spec/components/cache'],
    ['Inputs', '/spec/inputs/properties/region'],
    ['The rest', '/metadata/title'],
  ]);
});
