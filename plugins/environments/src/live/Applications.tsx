import { Link } from '@backstage/ui';
import { LiveComponent } from '@greenroom/plugin-environments-common';
import { useLocation } from 'react-router-dom';
import { Badges } from './Badges';
import { Revision } from './Revision';
import styles from './live.module.css';

/** What runs, one of it picked; the address keeps which. */
export function Applications(props: {
  items: LiveComponent[];
  picked: string;
}) {
  const { pathname, search } = useLocation();
  const href = (component: string) => {
    const parameters = new URLSearchParams(search);
    parameters.set('component', component);
    return `${pathname}?${parameters}`;
  };
  return (
    <nav aria-label="What runs">
      <ul className={styles.applications}>
        {props.items.map(live => (
          <li key={live.component}>
            <Link
              href={href(live.component)}
              standalone
              className={styles.application}
              aria-current={
                live.component === props.picked ? 'true' : undefined
              }
            >
              <strong className={styles.applicationName}>
                {live.component}
              </strong>
              <Badges of={live} />
              {live.revision && (
                <span className={styles.quiet}>
                  <Revision revision={live.revision} />
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
