import {
  PlannedAction,
  PlannedResource,
  TerraformPlanDocument,
} from '@greenroom/plugin-terraform-node';
import { driverPlan } from './planned';

const resource = (
  address: string,
  actions: PlannedAction[],
  change: Partial<PlannedResource['change']> = {},
): PlannedResource => ({
  address,
  mode: 'managed',
  type: address.split('.')[0],
  change: { actions, ...change },
});

const planOf = (...resources: PlannedResource[]): TerraformPlanDocument => ({
  format_version: '1.2',
  resource_changes: resources,
});

const hashOf = (...resources: PlannedResource[]) =>
  driverPlan(planOf(...resources), true).hash;

describe('driverPlan', () => {
  it('counts and lists what is done, and leaves out what is not', () => {
    const plan = driverPlan(
      planOf(
        resource('x.keep', ['no-op']),
        resource('x.new', ['create']),
        resource('x.other', ['update']),
        resource('x.swap', ['delete', 'create']),
        resource('x.old', ['delete']),
        resource('x.forgotten', ['forget']),
        resource('data.x.look', ['read']),
      ),
      true,
    );
    expect(plan.summary).toEqual({ add: 2, change: 1, remove: 3 });
    expect(plan.changes).toEqual([
      { address: 'data.x.look', type: 'data', action: 'read' },
      { address: 'x.forgotten', type: 'x', action: 'remove' },
      { address: 'x.new', type: 'x', action: 'add' },
      { address: 'x.old', type: 'x', action: 'remove' },
      { address: 'x.other', type: 'x', action: 'change' },
      { address: 'x.swap', type: 'x', action: 'replace' },
    ]);
  });

  it('has one hash for the same changes, in whatever order they come', () => {
    const a = resource('x.a', ['create'], { after: { p: 1, q: [1, 2] } });
    const sameA = resource('x.a', ['create'], { after: { q: [1, 2], p: 1 } });
    const b = resource('x.b', ['delete']);
    expect(hashOf(a, b)).toBe(hashOf(b, sameA));
    expect(hashOf(a, b, resource('x.c', ['no-op']))).toBe(hashOf(a, b));
  });

  it('has another hash for another value, action or address', () => {
    const hashes = [
      hashOf(resource('x.a', ['create'], { after: { p: 1 } })),
      hashOf(resource('x.a', ['create'], { after: { p: 2 } })),
      hashOf(resource('x.a', ['update'], { after: { p: 1 } })),
      hashOf(resource('x.b', ['create'], { after: { p: 1 } })),
      hashOf(
        resource('x.a', ['create'], {
          after: { p: 1 },
          after_unknown: { id: true },
        }),
      ),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('keeps sensitive values out of the hash, at every depth', () => {
    const withSecret = (secret: string) =>
      hashOf(
        resource('x.a', ['create'], {
          after: { plain: 1, list: [{ secret, name: 'n' }], whole: secret },
          after_sensitive: { list: [{ secret: true }], whole: true },
        }),
      );
    expect(withSecret('one')).toBe(withSecret('two'));
  });

  it('sees a change of outputs alone', () => {
    const plan = (after: string) =>
      driverPlan(
        {
          format_version: '1.2',
          output_changes: { url: { actions: ['update'], after } },
        },
        true,
      );
    expect(plan('a')).toMatchObject({ hasChanges: true, changes: [] });
    expect(plan('a').hash).not.toBe(plan('b').hash);
  });
});
