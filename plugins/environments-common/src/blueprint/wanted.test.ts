import { documentOf, scopeOf, SHOP } from './__testUtils__/documents';
import { wantedComponents } from './wanted';

const under = (condition: string) =>
  documentOf(
    SHOP.replace(
      'source: ./data',
      () => `source: ./data\n      when: ${condition}`,
    ),
  );

describe('wantedComponents', () => {
  it('are all of a blueprint without conditions', () => {
    expect([...wantedComponents(documentOf(SHOP), scopeOf())]).toEqual([
      'data',
      'web',
    ]);
  });

  it.each([
    ['${{ inputs.pages > 2 }}', true],
    ['${{ inputs.pages > 3 }}', false],
    ['${{ has(inputs.note) }}', false],
    ['${{ environment.type == "sandbox" && owner.name == "shop" }}', true],
    ['${{ blueprint.version.startsWith("2.") }}', false],
    ['"  ${{ !false }}  "', true],
  ])('under %s: %s', (condition, wanted) => {
    const found = wantedComponents(under(condition), scopeOf());
    expect(found.has('data')).toBe(wanted);
    expect(found.has('web')).toBe(true);
  });

  it.each([
    ['${{ dyn(inputs.pages) }}', 'neither true nor false'],
    ['${{ inputs.pages / 0 == 1 }}', 'division by zero'],
  ])('says why %s decides nothing', (condition, reason) => {
    expect(() => wantedComponents(under(condition), scopeOf())).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'blueprint.expression.failed',
          component: 'data',
          message: expect.stringMatching(
            new RegExp(
              `components\\.data\\.when has no value: .*${reason}`,
              'i',
            ),
          ),
        }),
      }),
    );
  });
});
