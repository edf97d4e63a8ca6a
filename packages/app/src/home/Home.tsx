import { useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, PluginHeader } from '@backstage/ui';
import environmentsPlugin from '@greenroom/plugin-environments';
import { RiAddLine, RiHome5Line } from '@remixicon/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Answer } from './Answer';
import { Blueprints } from './Blueprints';
import { Environments } from './Environments';
import styles from './home.module.css';

// A refusal stays one when asked again; the next refresh asks anyway.
const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: 1 } },
});

/** What I came for: what of mine needs me, and a way to the next environment. */
export function Home() {
  const environments = useRouteRef(environmentsPlugin.routes.root)?.() ?? '/';
  const create = useRouteRef(environmentsPlugin.routes.create)?.() ?? '/';
  return (
    <QueryClientProvider client={queryClient}>
      <div className={styles.frame}>
        <header className={styles.top}>
          <PluginHeader icon={<RiHome5Line />} title="Home" titleLink="/" />
        </header>
        <main className={styles.body}>
          <div>
            <div className={styles.titleRow}>
              <h2 className={styles.title}>Home</h2>
              <ButtonLink href={create} iconStart={<RiAddLine />}>
                Create environment
              </ButtonLink>
            </div>
            <p className={styles.answer}>
              <Answer environments={environments} />
            </p>
          </div>
          <div className={styles.columns}>
            <Environments
              title="Failed"
              query={{ scope: 'mine', state: ['failed'] }}
              empty="None of your environments failed."
              environments={environments}
              all="?scope=mine&state=failed"
            />
            <Environments
              title="Ending next"
              query={{ scope: 'mine', sort: 'timeLeft' }}
              empty="You have no environments."
              environments={environments}
              all="?scope=mine"
            />
          </div>
          <Blueprints create={create} />
        </main>
      </div>
    </QueryClientProvider>
  );
}
