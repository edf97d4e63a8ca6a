import { BgProvider, PluginHeader } from '@backstage/ui';
import { RiStackLine } from '@remixicon/react';
import { ReactNode, useEffect } from 'react';
import { usePaths } from './paths';
import styles from './portal.module.css';

/**
 * The head and the body that all pages share. Lists show the plugin's tabs,
 * single things show the way to them.
 */
export function PageFrame(props: {
  /** Of the browser's tab. */
  title: string;
  tabs?: boolean;
  breadcrumbs?: { label: string; href: string }[];
  children: ReactNode;
}) {
  const { title, tabs, breadcrumbs, children } = props;
  const paths = usePaths();
  useDocumentTitle(`${title} · Greenroom`);

  return (
    <div className={styles.frame}>
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
          tabs={
            tabs
              ? [
                  {
                    id: 'environments',
                    label: 'Environments',
                    href: paths.environments(),
                  },
                  {
                    id: 'blueprints',
                    label: 'Blueprints',
                    href: paths.blueprints(),
                    matchStrategy: 'prefix',
                  },
                ]
              : undefined
          }
        />
      </BgProvider>
      <main className={styles.body}>{children}</main>
    </div>
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
