import {
  Sidebar,
  SidebarDivider,
  SidebarItem,
  SidebarSpace,
  useSidebarOpenState,
} from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { Link } from 'react-router-dom';
import { GreenroomMark } from '../icons/GreenroomMark';
import { Place, Places } from './arrange';
import styles from './nav.module.css';

export function SideBar(places: Places) {
  return (
    <Sidebar>
      <Brand />
      <Items places={places.search} />
      <SidebarDivider />
      <Items places={places.work} />
      <SidebarDivider />
      <Items places={places.more} />
      <SidebarSpace />
      <SidebarDivider />
      {places.notifications.map(place => (
        // Upstream's own item, for its count of unread ones.
        <NotificationsSidebarItem
          key={place.id}
          icon={() => place.icon}
          text={place.title}
        />
      ))}
      <SidebarDivider />
      <Items places={places.settings} />
    </Sidebar>
  );
}

function Items({ places }: { places: Place[] }) {
  return (
    <>
      {places.map(({ id, title, href, icon }) => (
        <SidebarItem key={id} icon={() => icon} to={href} text={title} />
      ))}
    </>
  );
}

function Brand() {
  const { isOpen } = useSidebarOpenState();
  const title =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Greenroom';
  return (
    <Link to="/" className={styles.brand} aria-label={`${title}, home`}>
      <GreenroomMark />
      {isOpen && <span>{title}</span>}
    </Link>
  );
}
