import { ButtonLink, PluginHeader } from '@backstage/ui';
import { RiAddLine, RiHome5Line } from '@remixicon/react';
import styles from './home.module.css';

/** What I came for: mine, what needs me, and a way to the next environment. */
export function Home() {
  return (
    <div className={styles.frame}>
      <PluginHeader icon={<RiHome5Line />} title="Home" titleLink="/" />
      <main className={styles.body}>
        <header className={styles.head}>
          <h2 className={styles.title}>Home</h2>
          <ButtonLink href="/environments/create" iconStart={<RiAddLine />}>
            Create environment
          </ButtonLink>
        </header>
      </main>
    </div>
  );
}
