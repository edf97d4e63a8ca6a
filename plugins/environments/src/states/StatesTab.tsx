import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Select, Skeleton } from '@backstage/ui';
import {
  Environment,
  environmentStateReadPermission,
  environmentStateRestorePermission,
  StateVersionSummary,
} from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { ReasonDialog } from '../change/ReasonDialog';
import { useStateVersions } from '../data/recordQueries';
import { Notice } from '../feedback/Notice';
import { FIRST_PAGE, PAGE_SIZE, PagePlace } from '../list/page';
import { PagedList } from '../list/PagedList';
import { DataTable } from '../portal/DataTable';
import { StateVersionRow } from './StateVersionRow';
import styles from './states.module.css';

/** Every kept version of the components' Terraform states. */
export function StatesTab({ environment }: { environment: Environment }) {
  const { id, components } = environment;
  const api = useApi(environmentsApiRef);
  const read = usePermission({
    permission: environmentStateReadPermission,
    resourceRef: id,
  });
  const restore = usePermission({
    permission: environmentStateRestorePermission,
    resourceRef: id,
  });
  const [component, setComponent] = useState('');
  const [place, setPlace] = useState<PagePlace>(FIRST_PAGE);
  const [restoring, setRestoring] = useState<StateVersionSummary>();
  const versions = useStateVersions(id, {
    component: component || undefined,
    cursor: place.cursor,
    limit: PAGE_SIZE,
  });

  return (
    <>
      <div className={styles.head}>
        <Select
          aria-label="Component"
          className={styles.component}
          options={[
            { id: '', label: 'All components' },
            ...components.map(one => ({ id: one.id, label: one.id })),
          ]}
          value={component}
          onChange={key => {
            setComponent(String(key));
            setPlace(FIRST_PAGE);
          }}
        />
        <span className={styles.quiet}>
          {!read.loading &&
            !read.allowed &&
            'You may not download states: they may hold every secret of the environment. '}
          {!restore.loading &&
            !restore.allowed &&
            'Only operators may restore one.'}
        </span>
      </div>
      <PagedList
        what="The state versions could not be read"
        list={versions}
        place={place}
        onPlace={setPlace}
        empty={
          <Notice title="No state has been kept yet">
            One is kept whenever a component that keeps a state is changed.
          </Notice>
        }
      >
        {versions.data ? (
          <DataTable
            label="State versions"
            columns={[
              'Version',
              'Component',
              'Written',
              'Resources',
              'Size',
              'Lineage',
              'Use',
            ]}
            stacks
          >
            {versions.data.items.map(version => (
              <StateVersionRow
                key={version.id}
                version={version}
                environment={environment}
                mayDownload={read.allowed}
                mayRestore={restore.allowed}
                onRestore={() => setRestoring(version)}
              />
            ))}
          </DataTable>
        ) : (
          <Skeleton width="100%" height={216} />
        )}
      </PagedList>
      {restoring && (
        <ReasonDialog
          title={`Restore serial ${restoring.serial} of ${restoring.component}`}
          keep="Keep the present one"
          destructive
          notDone="The state was not restored"
          onClose={() => setRestoring(undefined)}
          onAct={reason => api.restoreState(restoring.id, { reason })}
        >
          <p>
            The content of serial {restoring.serial} becomes a new version with
            a higher serial. No resource is changed: the next plan of{' '}
            {restoring.component} compares the world with this state, and may
            want to make or remove resources that were changed since.
          </p>
        </ReasonDialog>
      )}
    </>
  );
}
