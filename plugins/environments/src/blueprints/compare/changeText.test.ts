import {
  BLUEPRINT_CHANGE_KINDS,
  BlueprintChange,
} from '@greenroom/plugin-environments-common';
import { changePlace, changeText } from './changeText';

const change = (part: Partial<BlueprintChange>): BlueprintChange => ({
  kind: 'input.added',
  path: '/spec/inputs/properties/region',
  breaking: false,
  ...part,
});

describe('the words of a change', () => {
  it('are others for each kind', () => {
    // The last speaks of its path alone, as the one before it does.
    const texts = BLUEPRINT_CHANGE_KINDS.slice(0, -1).map(kind =>
      changeText(change({ kind, path: '/spec/components/web/with/size' })),
    );
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('say what must be given', () => {
    expect(changeText(change({ breaking: true }))).toBe(
      'The input “region” is new and must be given',
    );
    expect(changeText(change({}))).toBe('The input “region” is new');
  });

  it('name which time to live it is, and that what runs keeps its own', () => {
    expect(
      changeText(change({ kind: 'ttl.changed', path: '/spec/ttl/max' })),
    ).toBe('ttl.max differs for new environments');
  });

  it.each([
    ['component.rewired', '/spec/components/web/with/a~1b/0', 'with.a/b.0'],
    ['component.added', '/spec/components/web', ''],
    ['output.changed', '/spec/outputs/url/value', 'value'],
    ['input.limits-changed', '/spec/inputs/properties/n/maximum', 'maximum'],
    ['inputs.rules-changed', '/spec/inputs/if/required', 'if.required'],
    ['ttl.changed', '/spec/ttl/max', ''],
  ] as const)(
    'leave the place of %s %s to stand beside',
    (kind, path, place) => {
      expect(changePlace(change({ kind, path }))).toBe(place);
    },
  );
});
