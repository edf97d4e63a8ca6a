import { ConfigReader } from '@backstage/config';
import { Placements } from './config';

const read = (placements: object[], instances = ['production', 'other']) =>
  Placements.fromConfig(
    new ConfigReader({ environments: { argocd: { placements } } }),
    instances,
  )!;

describe('Placements', () => {
  it('are not there where nothing is configured', () => {
    expect(Placements.fromConfig(new ConfigReader({}), [])).toBeUndefined();
  });

  it('takes the first that matches owner, type and the instance that is asked for', () => {
    const placements = read([
      {
        match: { owner: ['group:default/Shop'], type: ['sandbox'] },
        project: 'shop',
      },
      {
        match: { owner: ['group:default/shop'] },
        project: 'far',
        instance: 'other',
      },
      { project: 'all', cluster: 'edge' },
    ]);
    const shop = { owner: 'group:default/shop', type: 'sandbox' };
    expect(placements.find(shop)).toMatchObject({
      project: 'shop',
      instance: 'production',
      cluster: 'https://kubernetes.default.svc',
    });
    expect(placements.find(shop, 'other')?.project).toBe('far');
    expect(placements.find({ ...shop, type: 'test' })?.project).toBe('far');
    expect(
      placements.find({ owner: 'user:default/a', type: 'test' }),
    ).toMatchObject({
      project: 'all',
      cluster: 'edge',
    });
  });

  it('has no place for those that none matches', () => {
    const placements = read([{ match: { type: ['test'] }, project: 'a' }]);
    expect(placements.find({ owner: 'a', type: 'sandbox' })).toBeUndefined();
  });

  it('refuses an instance that is not configured, and a list without an entry', () => {
    expect(() => read([{ project: 'a', instance: 'c' }])).toThrow(
      'names the Argo CD instance "c", which is not in argocd.appLocatorMethods. There are: production, other',
    );
    expect(() => read([])).toThrow('is empty');
  });
});
