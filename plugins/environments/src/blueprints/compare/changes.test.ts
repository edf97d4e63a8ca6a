import {
  BLUEPRINT_CHANGE_KINDS,
  BlueprintChange,
} from '@greenroom/plugin-environments-common';
import { changeText, groupChanges } from './changes';

const change = (part: Partial<BlueprintChange>): BlueprintChange => ({
  kind: 'input.added',
  path: '/spec/inputs/properties/region',
  breaking: false,
  ...part,
});

describe('the changes between two versions', () => {
  it('are grouped, with what breaks in front', () => {
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
      groups.map(({ title, changes }) => [title, ...changes.map(changeText)]),
    ).toEqual([
      ['Components', 'Component web is gone', 'Component cache is new'],
      ['Inputs', 'Input region is new'],
      ['The rest', 'metadata.title differs'],
    ]);
  });

  it('each have words of their own', () => {
    // The last speaks of its path alone, as the one before it does.
    const texts = BLUEPRINT_CHANGE_KINDS.slice(0, -1).map(kind =>
      changeText(change({ kind, path: '/spec/components/web/with/size' })),
    );
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('name the place below a component, and names with a slash in them', () => {
    expect(
      changeText(
        change({
          kind: 'component.rewired',
          path: '/spec/components/web/with/a~1b/0',
        }),
      ),
    ).toBe('Component web is wired differently (with.a/b.0)');
    expect(changeText(change({ breaking: true }))).toBe(
      'Input region is new and must be given',
    );
  });
});
