import { Button } from '@backstage/ui';
import {
  Environment,
  LiveComponent,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { useId, useState } from 'react';
import portal from '../portal/portal.module.css';
import { Badges } from './Badges';
import { Revision } from './Revision';
import { SyncDialog } from './SyncDialog';
import { SystemLink } from './SystemLink';
import { systemName } from './systems';
import styles from './live.module.css';

/** How it stands, and what may be done about that. */
export function Head(props: {
  environment: Environment;
  live: LiveComponent;
  changes: ResourceChange[];
  /** Why nothing may be asked of it. */
  blocked?: string;
  onAsked: () => void;
}) {
  const { environment, live, changes, blocked, onAsked } = props;
  const { component, driver, name, revision, selfHeals, sync } = live;
  const [asking, setAsking] = useState(false);
  const id = useId();
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h3 className={styles.name}>{component}</h3>
        <Badges of={live} large />
        <div className={`${styles.actions} ${portal.wrapping}`}>
          <Button
            variant={sync === 'outOfSync' && !blocked ? 'primary' : 'secondary'}
            isDisabled={blocked !== undefined}
            aria-describedby={blocked ? id : undefined}
            onPress={() => setAsking(true)}
          >
            {`Sync ${component}…`}
          </Button>
          <SystemLink live={live} />
        </div>
      </div>
      <p className={styles.facts}>
        {systemName(driver)} calls it <code>{name}</code>
        {revision && (
          <>
            {' · declared is '}
            <Revision revision={revision} />
          </>
        )}
        {selfHeals && ' · what is changed by hand is undone by itself'}
      </p>
      {blocked && (
        <p id={id} className={styles.facts}>
          {blocked}
        </p>
      )}
      {asking && (
        <SyncDialog
          environment={environment}
          live={live}
          changes={changes}
          onAsked={onAsked}
          onClose={() => setAsking(false)}
        />
      )}
    </header>
  );
}
