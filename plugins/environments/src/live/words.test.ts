import { EnvironmentComponent } from '@greenroom/plugin-environments-common';
import { nodesOf } from '../graph/graphNode';
import { aLiveDetail, aLiveResource } from '../testing/liveBuilders';
import { systemsOf } from './systems';
import { treeOf } from './tree';
import { shortRevision } from './words';

const component = (id: string, driver: string): EnvironmentComponent => ({
  id,
  driver,
  state: 'ready',
  resources: 2,
  uses: [],
});

describe('the words of what runs', () => {
  it('shorten commits and nothing else', () => {
    const commit = '4be19c7f0a6cbb3a3d0ee6a1f6dd4a6a58f20e11';
    expect(shortRevision(commit)).toBe('4be19c7');
    expect(shortRevision(`main@${commit}`)).toBe('main@4be19c7');
    expect(shortRevision('2.14.0')).toBe('2.14.0');
    expect(shortRevision('release-decade12')).toBe('release-decade12');
  });

  it('call several systems by no name of one', () => {
    const environment = {
      state: 'running' as const,
      components: [component('app', 'argocd'), component('db', 'terraform')],
    };
    expect(systemsOf(environment)).toBe('Argo CD');
    expect(
      systemsOf(environment, {
        items: [aLiveDetail({ driver: 'flux' })],
        problems: [],
      }),
    ).toBe('Live');
    expect(systemsOf({ ...environment, state: 'destroyed' })).toBeUndefined();
    expect(
      systemsOf(
        { state: 'running', components: [] },
        { items: [], problems: [{ code: 'x', message: 'Not reached.' }] },
      ),
    ).toBe('Live');
  });
});

describe('a component in the graph', () => {
  it('says how it runs at this moment, where that is seen', () => {
    const components = [
      component('app', 'argocd'),
      { ...component('worker', 'argocd'), state: 'paused' as const },
      component('db', 'terraform'),
    ];
    const seen = nodesOf(components, [
      aLiveDetail({ sync: 'outOfSync' }),
      aLiveDetail({ component: 'worker' }),
    ]);
    expect(seen.map(({ view, caption }) => [view?.word, caption])).toEqual([
      ['Out of sync', '2 resources, 4be19c7'],
      ['Paused', '2 resources, 4be19c7'],
      ['Ready', '2 resources'],
    ]);
  });
});

describe('a tree of resources', () => {
  it('has at its top what came of something that is not known', () => {
    const [first, second] = treeOf([
      aLiveResource({ id: 'a', parentId: 'left out' }),
      aLiveResource({ id: 'b', parentId: 'b' }),
    ]);
    expect(first.resource.id).toBe('a');
    expect(second).toMatchObject({ resource: { id: 'b' }, children: [] });
  });
});
