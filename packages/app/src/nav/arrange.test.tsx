import {
  NavContentNavItem,
  NavContentNavItems,
} from '@backstage/plugin-app-react';
import { arrangePlaces } from './arrange';

const titles = (places: { title: string }[]) => places.map(p => p.title);

/** As the app's own collection: an item that was taken is gone from the rest. */
function navItems(...ids: string[]): NavContentNavItems {
  const items = new Map(
    ids.map(id => [
      id,
      {
        node: { spec: { id } },
        href: `/${id.replace('page:', '')}`,
        title: id,
        icon: <svg />,
      } as unknown as NavContentNavItem,
    ]),
  );
  return {
    take: id => {
      const item = items.get(id);
      items.delete(id);
      return item;
    },
    rest: () => [...items.values()],
    clone: () => navItems(...items.keys()),
    withComponent: () => {
      throw new Error('not used');
    },
  };
}

describe('arrangePlaces', () => {
  it('puts every known page in its group and order', () => {
    const places = arrangePlaces(
      navItems(
        'page:user-settings',
        'page:environments',
        'page:notifications',
        'page:techdocs',
        'page:api-docs',
        'page:scaffolder',
        'page:catalog',
        'page:home',
        'page:search',
      ),
    );
    expect(titles(places.search)).toEqual(['Search']);
    expect(titles(places.work)).toEqual(['Home', 'Catalog', 'Create']);
    expect(titles(places.more)).toEqual(['APIs', 'Docs', 'Greenroom']);
    expect(titles(places.notifications)).toEqual(['Notifications']);
    expect(titles(places.settings)).toEqual(['Settings']);
  });

  it('leaves no gap for a page that is not there', () => {
    const places = arrangePlaces(navItems('page:home', 'page:scaffolder'));
    expect(titles(places.work)).toEqual(['Home', 'Create']);
    expect(places.more).toEqual([]);
  });

  it('shows pages of other plugins after its own', () => {
    const places = arrangePlaces(navItems('page:cost', 'page:environments'));
    expect(titles(places.more)).toEqual(['Greenroom', 'page:cost']);
  });

  it('keeps pages that are reached from elsewhere out', () => {
    const places = arrangePlaces(
      navItems('page:catalog-import', 'page:catalog-graph'),
    );
    expect(places.more).toEqual([]);
  });
});
