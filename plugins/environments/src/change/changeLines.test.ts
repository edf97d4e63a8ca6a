import {
  BLUEPRINT_CHANGE_KINDS,
  BlueprintChange,
} from '@greenroom/plugin-environments-common';
import { changeLines } from './changeLines';

const change = (part: Partial<BlueprintChange>): BlueprintChange => ({
  kind: 'component.added',
  path: '/spec/components/web',
  breaking: false,
  ...part,
});

describe('changeLines', () => {
  it('puts first what may break something', () => {
    expect(
      changeLines([
        change({}),
        change({
          kind: 'input.added',
          path: '/spec/inputs/properties/a~1b',
          breaking: true,
        }),
        change({
          kind: 'input.default-changed',
          path: '/spec/inputs/properties/size/default',
          before: 'small',
          after: 'large',
        }),
      ]),
    ).toEqual({
      lines: [
        { text: 'The input “a/b” is new and must be given.', breaking: true },
        { text: 'The component “web” is new.', breaking: false },
        {
          text: 'The input “size” has another default: large, was small.',
          breaking: false,
        },
      ],
      small: 0,
    });
  });

  it('tells the same of one thing once, and as breaking if any of it is', () => {
    const limits = { kind: 'input.limits-changed' } as const;
    const path = '/spec/inputs/properties/size';
    expect(
      changeLines([
        change({ ...limits, path: `${path}/minimum` }),
        change({ ...limits, path: `${path}/maximum`, breaking: true }),
      ]).lines,
    ).toEqual([
      { text: 'The input “size” takes other values.', breaking: true },
    ]);
  });

  it('only counts what is about looks', () => {
    expect(
      changeLines([
        change({ kind: 'metadata.changed', path: '/metadata/title' }),
      ]),
    ).toEqual({ lines: [], small: 1 });
  });

  it.each(BLUEPRINT_CHANGE_KINDS)(
    'has a sentence for %s, or counts it',
    kind => {
      const { lines, small } = changeLines([
        change({ kind, before: { deep: 'x'.repeat(100) }, after: 1 }),
      ]);
      expect(lines.length + small).toBe(1);
      for (const { text } of lines) expect(text).toMatch(/^\S.{10,150}\.$/);
    },
  );
});
