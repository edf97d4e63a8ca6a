import { PlanPurpose } from '@greenroom/plugin-environments-common';
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

const plan = (...resources: PlannedResource[]) =>
  driverPlan(planOf(...resources), 'apply', true);

const hashOf = (...resources: PlannedResource[]) => plan(...resources).hash;

const changeOf = (...given: Parameters<typeof resource>) =>
  plan(resource(...given)).changes[0];

describe('driverPlan', () => {
  it('counts and lists what is done, and leaves out what is not', () => {
    const { summary, changes } = plan(
      resource('x.keep', ['no-op']),
      resource('x.new', ['create']),
      resource('x.other', ['update']),
      resource('x.swap', ['delete', 'create']),
      { ...resource('x.swap', ['delete']), deposed: '1f2e' },
      resource('x.old', ['delete']),
      resource('x.forgotten', ['forget']),
      resource('data.x.look', ['read']),
    );
    expect(summary).toEqual({ add: 2, change: 1, remove: 4 });
    expect(
      changes.map(({ action, type, address }) => [action, type, address]),
    ).toEqual([
      ['read', 'data', 'data.x.look'],
      ['remove', 'x', 'x.forgotten'],
      ['add', 'x', 'x.new'],
      ['remove', 'x', 'x.old'],
      ['change', 'x', 'x.other'],
      ['replace', 'x', 'x.swap'],
      ['remove', 'x', 'x.swap (deposed 1f2e)'],
    ]);
  });

  it('says what changes in a resource, what that forces, and why', () => {
    expect(
      changeOf('x.a', ['delete', 'create'], {
        before: { id: '7', zone: 'a', size: 1, token: 'old', tags: { t: 1 } },
        after: { zone: 'b', size: 1, token: 'new', tags: { t: 2 } },
        after_unknown: { id: true },
        before_sensitive: { token: true },
        after_sensitive: { token: true, tags: {} },
        replace_paths: [['zone']],
      }),
    ).toMatchObject({
      action: 'replace',
      attributes: [
        { path: 'id', before: '7', unknown: true },
        { path: 'tags.t', before: 1, after: 2 },
        { path: 'token', sensitive: true },
        { path: 'zone', before: 'a', after: 'b', forcesReplacement: true },
      ],
    });
    const reason = (action_reason?: string) =>
      plan({ ...resource('x.a', ['update']), action_reason }).changes[0].reason;
    expect(reason('replace_because_tainted')).toContain('tainted');
    expect([reason(), reason('none'), reason('constructor')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('reads the drift when the world is to be adopted, and the changes else', () => {
    const document: TerraformPlanDocument = {
      ...planOf(resource('x.a', ['create'])),
      resource_drift: [resource('x.b', ['delete'])],
    };
    const addresses = (purpose: PlanPurpose) =>
      driverPlan(document, purpose, true).changes.map(c => c.address);
    expect(addresses('adopt')).toEqual(['x.b']);
    expect(addresses('apply')).toEqual(['x.a']);
    expect(driverPlan(document, 'apply', true).hash).not.toBe(
      driverPlan(document, 'destroy', true).hash,
    );
  });

  it('has one digest for one outcome, whatever leads to it', () => {
    const after = { p: 1 };
    const { digest } = changeOf('x.a', ['create'], { after });
    const same = [
      changeOf('x.a', ['delete', 'create'], { before: { p: 2 }, after }),
      changeOf('x.b', ['update'], { after }),
    ];
    expect(same.map(change => change.digest)).toEqual([digest, digest]);
    const others = [
      changeOf('x.a', ['create'], { after: { p: 2 } }),
      changeOf('x.a', ['create'], { after, after_unknown: { id: true } }),
      changeOf('x.a', ['delete']),
      changeOf('x.a', ['forget']),
    ];
    const digests = [digest, ...others.map(change => change.digest)];
    expect(new Set(digests).size).toBe(digests.length);
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

  it('keeps sensitive values out of hash and digest, at every depth', () => {
    const withSecret = (secret: string) =>
      plan(
        resource('x.a', ['create'], {
          after: { plain: 1, list: [{ secret, name: 'n' }], whole: secret },
          after_sensitive: { list: [{ secret: true }], whole: true },
        }),
      );
    expect(withSecret('one')).toEqual(withSecret('two'));
  });

  it('sees a change of outputs alone', () => {
    const planned = (after: string) =>
      driverPlan(
        {
          format_version: '1.2',
          output_changes: { url: { actions: ['update'], after } },
        },
        'apply',
        true,
      );
    expect(planned('a')).toMatchObject({ hasChanges: true, changes: [] });
    expect(planned('a').hash).not.toBe(planned('b').hash);
  });
});
