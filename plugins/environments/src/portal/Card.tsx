import { BgProvider } from '@backstage/ui';
import { ReactNode } from 'react';
import styles from './portal.module.css';

/** A titled section on the card's own ground. */
export function Card(props: {
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <BgProvider bg="neutral-1">
      <section
        className={`${styles.card} ${props.className ?? ''}`}
        aria-label={props.title}
      >
        {props.title && (
          <div className={styles.cardHead}>
            <h3 className={styles.cardTitle}>{props.title}</h3>
            <span className={styles.quiet}>{props.aside}</span>
          </div>
        )}
        {props.children}
      </section>
    </BgProvider>
  );
}
