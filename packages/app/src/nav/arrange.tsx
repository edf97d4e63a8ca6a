import { NavContentNavItems } from '@backstage/plugin-app-react';
import {
  RiAddCircleLine,
  RiApps2Line,
  RiBookOpenLine,
  RiHome5Line,
  RiNotification3Line,
  RiPlugLine,
  RiSearchLine,
  RiSettings3Line,
  RiStackLine,
} from '@remixicon/react';
import { ReactElement } from 'react';

/** One place to go to from the navigation. */
export interface Place {
  id: string;
  title: string;
  href: string;
  icon: ReactElement;
}

/** The navigation in its groups; a page that isn't there leaves no gap. */
export interface Places {
  search: Place[];
  work: Place[];
  /** What Greenroom knows by name, then every page that other plugins bring. */
  more: Place[];
  notifications: Place[];
  settings: Place[];
}

// Icons are ours, so that pages of many plugins look like one portal.
const known = {
  'page:search': { title: 'Search', icon: <RiSearchLine /> },
  'page:home': { title: 'Home', icon: <RiHome5Line /> },
  'page:catalog': { title: 'Catalog', icon: <RiApps2Line /> },
  'page:scaffolder': { title: 'Create', icon: <RiAddCircleLine /> },
  'page:api-docs': { title: 'APIs', icon: <RiPlugLine /> },
  'page:techdocs': { title: 'Docs', icon: <RiBookOpenLine /> },
  'page:environments': { title: 'Greenroom', icon: <RiStackLine /> },
  'page:notifications': {
    title: 'Notifications',
    icon: <RiNotification3Line />,
  },
  'page:user-settings': { title: 'Settings', icon: <RiSettings3Line /> },
};

/** Reached from the pages that they belong to. */
const elsewhere = ['page:catalog-graph', 'page:catalog-import'];

export function arrangePlaces(navItems: NavContentNavItems): Places {
  const items = navItems.clone();
  elsewhere.forEach(id => items.take(id));
  const take = (...ids: (keyof typeof known)[]): Place[] =>
    ids.flatMap(id => {
      const item = items.take(id);
      return item ? [{ id, href: item.href, ...known[id] }] : [];
    });
  const places = {
    search: take('page:search'),
    work: take('page:home', 'page:catalog', 'page:scaffolder'),
    more: take('page:api-docs', 'page:techdocs', 'page:environments'),
    notifications: take('page:notifications'),
    settings: take('page:user-settings'),
  };
  const others = items.rest().map(({ node, title, href, icon }) => ({
    id: node.spec.id,
    title,
    href,
    icon: icon ?? <RiApps2Line />,
  }));
  return { ...places, more: [...places.more, ...others] };
}
