import fc from 'fast-check';
import {
  AttributeChange,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { comparePlans } from './comparePlans';

const change = fc.record({
  address: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  action: fc.constantFrom<ResourceChange['action']>(
    'add',
    'change',
    'replace',
    'remove',
  ),
  digest: fc.constantFrom('one', 'two', 'three'),
});

const plans = fc
  .record({
    hash: fc.string(),
    changes: fc.uniqueArray(change, { selector: ({ address }) => address }),
  })
  .map(({ hash, changes }) => ({
    hash,
    changes: changes.map((each): ResourceChange => ({
      ...each,
      type: 'thing',
      attributes: [],
    })),
  }));

describe('a plan that was made again', () => {
  it('with the same hash is the same, whatever else is said of it', () => {
    fc.assert(
      fc.property(plans, plans, (before, now) => {
        const same = { ...now, hash: before.hash };
        expect(comparePlans(before, same)).toEqual({ verdict: 'same' });
      }),
    );
  });

  it('that does a part of what was said, and nothing else, is the rest of it', () => {
    fc.assert(
      fc.property(plans, fc.infiniteStream(fc.boolean()), (before, keeps) => {
        const changes = before.changes.filter(() => keeps.next().value);
        expect(
          comparePlans(before, { hash: `${before.hash}!`, changes }),
        ).toEqual({ verdict: 'rest' });
      }),
    );
  });

  it('that reaches the same by another way is no other plan', () => {
    fc.assert(
      fc.property(plans, change, (before, { action }) => {
        const changes = before.changes.map(each => ({ ...each, action }));
        expect(
          comparePlans(before, { hash: `${before.hash}!`, changes }),
        ).toEqual({ verdict: 'rest' });
      }),
    );
  });

  it('has moved exactly by what was not said, each named once', () => {
    fc.assert(
      fc.property(plans, plans, (before, now) => {
        fc.pre(before.hash !== now.hash);
        const comparison = comparePlans(before, now);
        const unsaid = now.changes.filter(
          ({ address, digest }) =>
            !before.changes.some(
              said => said.address === address && said.digest === digest,
            ),
        );
        const named =
          comparison.verdict === 'moved' ? comparison.differences : [];
        expect(named.map(({ address }) => address)).toEqual(
          unsaid.map(({ address }) => address),
        );
      }),
    );
  });

  it('names what was to be done and what would be now', () => {
    const at = (
      address: string,
      action: ResourceChange['action'],
      digest: string,
    ): ResourceChange => ({
      address,
      type: 't',
      action,
      attributes: [],
      digest,
    });
    expect(
      comparePlans(
        { hash: '1', changes: [at('a', 'change', 'x'), at('b', 'add', 'y')] },
        { hash: '2', changes: [at('a', 'remove', 'z'), at('c', 'add', 'y')] },
      ),
    ).toEqual({
      verdict: 'moved',
      differences: [
        { address: 'a', before: 'change', now: 'remove' },
        { address: 'c', before: undefined, now: 'add' },
      ],
    });
  });

  describe('after a part of it was applied', () => {
    const attribute = (
      path: string,
      given: Partial<AttributeChange>,
    ): AttributeChange => ({
      path,
      sensitive: false,
      unknown: false,
      forcesReplacement: false,
      ...given,
    });
    const verdict = (before: AttributeChange[], now: AttributeChange[]) => {
      const plan = (hash: string, attributes: AttributeChange[]) => ({
        hash,
        changes: [
          { address: 'a', type: 't', action: 'add', digest: hash, attributes },
        ] satisfies ResourceChange[],
      });
      return comparePlans(plan('1', before), plan('2', now)).verdict;
    };
    const size = attribute('size', { after: 1 });

    it('may know what was to be known only then, at any depth', () => {
      const before = [size, attribute('network', { unknown: true })];
      expect(
        verdict(before, [size, attribute('network', { after: 'n' })]),
      ).toBe('rest');
      expect(
        verdict(before, [size, attribute('network.ids[0]', { after: 'n' })]),
      ).toBe('rest');
    });

    it('may not say anything else beside that', () => {
      const before = [size, attribute('network', { unknown: true })];
      const known = attribute('network', { after: 'n' });
      expect(verdict(before, [attribute('size', { after: 2 }), known])).toBe(
        'moved',
      );
      expect(
        verdict(before, [size, attribute('networks', { after: 'n' })]),
      ).toBe('moved');
      expect(verdict([size], [size, known])).toBe('moved');
    });
  });
});
