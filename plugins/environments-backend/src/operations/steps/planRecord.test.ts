import { AttributeChange } from '@greenroom/plugin-environments-common';
import { Mask } from '../run/mask';
import { recordPlan } from './planRecord';

const attribute = (of: Partial<AttributeChange>): AttributeChange => ({
  path: 'name',
  sensitive: false,
  unknown: false,
  forcesReplacement: false,
  ...of,
});

const planOf = (...attributes: AttributeChange[][]) => ({
  summary: { add: attributes.length, change: 0, remove: 0 },
  changes: attributes.map((each, index) => ({
    address: `thing.${index}`,
    type: 'thing',
    action: 'add' as const,
    attributes: each,
    digest: String(index),
  })),
  hash: 'hash',
  hasChanges: true,
  changedOutputs: [],
});

describe('what is kept of a plan', () => {
  it('holds no secret that is known, wherever a driver put it', () => {
    const mask = new Mask();
    mask.hide('correct-horse');
    const plan = planOf([
      attribute({ path: 'tags.correct-horse', after: 'is correct-horse' }),
      attribute({ before: { 'correct-horse': ['correct-horse', 7] } }),
    ]);
    plan.changes[0].address = 'thing["correct-horse"]';
    const kept = recordPlan(plan, mask);
    expect(JSON.stringify(kept)).not.toContain('correct-horse');
    expect(kept.changes[0]).toMatchObject({
      address: 'thing["•••"]',
      attributes: [{ after: 'is •••' }, { before: { '•••': ['•••', 7] } }],
    });
  });

  it('holds no value of what a driver calls sensitive', () => {
    const kept = recordPlan(
      planOf([attribute({ sensitive: true, before: 'a', after: 'b' })]),
      new Mask(),
    );
    expect(kept.changes[0].attributes).toEqual([
      attribute({ sensitive: true }),
    ]);
  });

  it('cuts long values, and says how long they were', () => {
    const kept = recordPlan(
      planOf([attribute({ after: 'x'.repeat(5000) })]),
      new Mask(),
    );
    const [{ after }] = kept.changes[0].attributes;
    expect(after).toMatch(/^x{2000}… \(5000 characters\)$/);
  });

  it('leaves out the last attributes of a plan that is too long, and no resource', () => {
    const many = Array.from({ length: 2000 }, (_, index) => [
      attribute({ path: `path${index}`, after: 'x'.repeat(1000) }),
    ]);
    const kept = recordPlan(planOf(...many), new Mask());
    expect(kept.changes).toHaveLength(2000);
    expect(kept.changes[0].attributes).toHaveLength(1);
    expect(kept.changes[1999].attributes).toEqual([]);
    const left = kept.changes.flatMap(({ attributes }) => attributes);
    expect(left.length + kept.omittedAttributes).toBe(2000);
    expect(JSON.stringify(left).length).toBeLessThanOrEqual(1024 * 1024 + 2000);
    expect(left.length).toBeGreaterThan(900);
  });
});
