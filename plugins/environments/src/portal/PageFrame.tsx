import { BgProvider, Link, PluginHeader } from '@backstage/ui';
import { RiStackLine } from '@remixicon/react';
import { ReactNode, useEffect } from 'react';
import { usePaths } from './paths';
import styles from './portal.module.css';

/** The lists that the head offers beside each other. */
export type Tab =
  'environments' | 'blueprints' | 'operations' | 'leases' | 'fleet' | 'orphans';

/**
 * The head and the body that all pages share. Lists show the plugin's tabs,
 * single things show the way to them.
 */
export function PageFrame(props: {
  /** Of the browser's tab. */
  title: string;
  tab?: Tab;
  breadcrumbs?: { label: string; href: string }[];
  children: ReactNode;
}) {
  const { title, tab, breadcrumbs, children } = props;
  const paths = usePaths();
  useDocumentTitle(`${title} · Greenroom`);

  return (
    <div className={styles.frame}>
      <header className={styles.top}>
        <BgProvider bg="neutral-1">
          <PluginHeader
            className={styles.header}
            icon={<RiStackLine />}
            title="Greenroom"
            titleLink={paths.environments()}
            breadcrumbs={
              breadcrumbs && [
                // The slash tells it apart from the list, which stands at the same place.
                { label: 'Greenroom', href: `${paths.environments()}/` },
                ...breadcrumbs,
              ]
            }
          />
        </BgProvider>
        {!breadcrumbs && <Tabs current={tab} />}
      </header>
      <main className={styles.body}>{children}</main>
    </div>
  );
}

/** Links, and not the header's own tabs, which announce panels that pages do not have. */
function Tabs({ current }: { current?: Tab }) {
  const paths = usePaths();
  const tabs: { id: Tab; label: string; href: string }[] = [
    { id: 'environments', label: 'Environments', href: paths.environments() },
    { id: 'blueprints', label: 'Blueprints', href: paths.blueprints() },
    { id: 'operations', label: 'Operations', href: paths.operations() },
    { id: 'leases', label: 'Leases', href: paths.leases() },
    { id: 'fleet', label: 'Fleet upgrades', href: paths.fleetUpgrades() },
    { id: 'orphans', label: 'Orphans', href: paths.orphans() },
  ];
  return (
    <nav aria-label="Greenroom" className={styles.tabs}>
      {tabs.map(({ id, label, href }) => (
        <Link
          key={id}
          href={href}
          standalone
          className={styles.tab}
          aria-current={id === current ? 'page' : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

function useDocumentTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
