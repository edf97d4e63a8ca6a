import { useSidebarPinState } from '@backstage/core-components';
import { NavContentComponentProps } from '@backstage/plugin-app-react';
import { arrangePlaces } from './arrange';
import { BottomBar } from './BottomBar';
import { SideBar } from './SideBar';

/** The way around the portal: a bar at the side, or at the bottom of a phone. */
export function Nav({ navItems }: NavContentComponentProps) {
  const { isMobile } = useSidebarPinState();
  const places = arrangePlaces(navItems);
  return isMobile ? <BottomBar {...places} /> : <SideBar {...places} />;
}
