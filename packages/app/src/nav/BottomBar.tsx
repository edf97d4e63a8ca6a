import { Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMenuLine } from '@remixicon/react';
import { Button } from 'react-aria-components';
import { NavLink } from 'react-router-dom';
import { Place, Places } from './arrange';
import styles from './nav.module.css';

/** What is always at hand on a phone, in this order; everything else is in the menu. */
const AT_HAND = [
  'page:home',
  'page:catalog',
  'page:search',
  'page:environments',
];

export function BottomBar(places: Places) {
  const all = [
    ...places.search,
    ...places.work,
    ...places.more,
    ...places.notifications,
    ...places.settings,
  ];
  const atHand = AT_HAND.flatMap(
    id => all.find(place => place.id === id) ?? [],
  );
  const menu = all.filter(place => !atHand.includes(place));
  return (
    <nav className={styles.bottomBar} aria-label="Main">
      {atHand.map(place => (
        <BarLink key={place.id} {...place} />
      ))}
      <MenuTrigger>
        <Button className={styles.barItem}>
          <RiMenuLine size={20} aria-hidden />
          Menu
        </Button>
        <Menu placement="top right">
          {menu.map(({ id, title, href, icon }) => (
            <MenuItem key={id} href={href} iconStart={icon}>
              {title}
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
    </nav>
  );
}

function BarLink({ title, href, icon }: Place) {
  return (
    <NavLink to={href} end={href === '/'} className={styles.barItem}>
      {icon}
      {title}
    </NavLink>
  );
}
