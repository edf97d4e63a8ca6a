import { anApplication } from './__testUtils__/server';
import {
  application,
  applicationList,
  managedResourceList,
  resourceTree,
  summaryList,
} from './answers';

describe('applications', () => {
  it('takes one just made, of which nothing is known', () => {
    const status = { sync: { status: '' }, health: {}, operationState: null };
    const shop = application.parse(anApplication('shop', { status }));
    expect(shop.status).toMatchObject({
      sync: { status: 'Unknown', revision: '' },
      health: { status: 'Unknown' },
      operationState: undefined,
      resources: [],
      conditions: [],
      history: [],
    });
  });

  it('takes states of a later release for unknown', () => {
    const status = {
      sync: { status: 'AlmostSynced' },
      health: { status: 'Splendid' },
    };
    const shop = application.parse(anApplication('shop', { status }));
    expect(shop.status.sync.status).toBe('Unknown');
    expect(shop.status.health.status).toBe('Unknown');
  });

  it('keeps what it does not know of a specification', () => {
    const shop = anApplication('shop');
    const source = { repoURL: 'r', kustomize: { images: ['a'] } };
    const spec = { ...shop.spec, source, ignoreDifferences: [{}] };
    expect(application.parse({ ...shop, spec }).spec).toMatchObject(spec);
  });

  it('counts the history from 0, which is left out', () => {
    const status = { history: [{ revision: 'a' }, { id: 1, revision: 'b' }] };
    const shop = application.parse(anApplication('shop', { status }));
    expect(shop.status.history.map(({ id }) => id)).toEqual([0, 1]);
  });

  it('takes a list that is null for empty', () => {
    expect(applicationList.parse({ items: null })).toEqual({ items: [] });
    expect(summaryList.parse({})).toEqual({ items: [] });
  });
});

it('takes a tree with a pod that no node has taken', () => {
  const pod = { version: 'v1', kind: 'Pod', name: 'web-1' };
  const info = [{ name: 'Status Reason', value: 'Pending' }, { name: 'Node' }];
  expect(resourceTree.parse({ nodes: [{ ...pod, info }] }).nodes).toMatchObject(
    [{ name: 'web-1', info: [info[0], { name: 'Node', value: '' }] }],
  );
});

describe('managed resources', () => {
  const resource = (states: object) => {
    const [first] = managedResourceList.parse({
      items: [{ kind: 'ConfigMap', name: 'a', ...states }],
    }).items;
    return first;
  };
  const a = '{"data":{"x":"1"}}';
  const b = '{"data":{"x":"2"}}';

  it.each([
    ['create', { targetState: a, liveState: 'null', modified: true }],
    ['update', { targetState: a, liveState: b, modified: true }],
    ['none', { targetState: a, liveState: a }],
    // Argo CD does not call it modified.
    ['prune', { targetState: 'null', liveState: a }],
    ['none', { targetState: 'null', liveState: 'null' }],
  ])('reads %s from %j', (change, states) => {
    expect(resource(states).change).toBe(change);
  });

  it('takes the two sides of the diff out of their texts', () => {
    expect(
      resource({
        targetState: a,
        liveState: b,
        normalizedLiveState: b,
        predictedLiveState: a,
        modified: true,
      }),
    ).toMatchObject({
      before: { data: { x: '2' } },
      after: { data: { x: '1' } },
    });
  });

  it('has nothing on a side where there is nothing', () => {
    const made = resource({ targetState: a, normalizedLiveState: 'null' });
    expect(made.before).toBeUndefined();
    expect(made.liveState).toBeUndefined();
  });

  it('refuses a state that can’t be read', () => {
    expect(() => resource({ targetState: '{' })).toThrow('no JSON object');
  });
});
