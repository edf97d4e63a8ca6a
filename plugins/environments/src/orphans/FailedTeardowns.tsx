import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Link } from '@backstage/ui';
import {
  FailedTeardown,
  orphanForgetPermission,
} from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { ReasonDialog } from '../change/ReasonDialog';
import { useFailedTeardowns } from '../data/recordQueries';
import { EntityLink } from '../entity/EntityLink';
import { ListSection, MoreNote } from '../list/ListSection';
import { DataTable } from '../portal/DataTable';
import { usePaths } from '../portal/paths';
import { Age } from '../time/Elapsed';
import { formatExact } from '../time/format';
import { Moment } from '../time/Moment';
import listStyles from '../list/list.module.css';
import styles from './orphans.module.css';

/** Teardowns that are tried again, the longest failing first. */
export function FailedTeardowns(props: {
  teardowns: ReturnType<typeof useFailedTeardowns>;
  /** Where there are none; absent: nothing is said then. */
  empty?: string;
}) {
  const [forgetting, setForgetting] = useState<FailedTeardown>();
  const permission = usePermission({ permission: orphanForgetPermission });
  return (
    <ListSection
      heading="Failed teardowns"
      what="The failed teardowns could not be read"
      list={props.teardowns}
      height={108}
      className={styles.section}
      empty={props.empty}
    >
      {page => (
        <>
          <DataTable
            label="Failed teardowns"
            columns={[
              'Environment',
              'Owner',
              'Failing for',
              'Tries',
              'Last error',
              'Next try',
              'Left',
              'Give up',
            ]}
            stacks
          >
            {page.items.map(teardown => (
              <TeardownRow
                key={teardown.environmentId}
                teardown={teardown}
                onForget={
                  permission.allowed ? () => setForgetting(teardown) : undefined
                }
              />
            ))}
          </DataTable>
          {!permission.loading && !permission.allowed && (
            <p className={listStyles.remark}>
              Only operators may forget what could not be proven gone.
            </p>
          )}
          <MoreNote page={page} />
          {forgetting && (
            <ForgetDialog
              teardown={forgetting}
              onClose={() => setForgetting(undefined)}
            />
          )}
        </>
      )}
    </ListSection>
  );
}

function TeardownRow(props: {
  teardown: FailedTeardown;
  onForget?: () => void;
}) {
  const { teardown, onForget } = props;
  const paths = usePaths();
  const { environmentId, environmentName, escalatedAt } = teardown;
  return (
    <tr>
      <td>
        <Link href={paths.environmentById(environmentId, environmentName)}>
          {environmentName}
        </Link>
      </td>
      <td>
        <EntityLink entityRef={teardown.owner} />
      </td>
      <td>
        <time dateTime={teardown.since} title={formatExact(teardown.since)}>
          <Age from={teardown.since} />
        </time>
        {escalatedAt && (
          <span className={styles.told}>
            owner told <Moment at={escalatedAt} inWords />
          </span>
        )}
      </td>
      <td>{teardown.attempts}</td>
      <td>{teardown.lastError}</td>
      <td>
        {teardown.nextAttemptAt ? (
          <Moment at={teardown.nextAttemptAt} inWords />
        ) : (
          'under way'
        )}
      </td>
      <td>
        {teardown.orphans > 0 ? (
          <Link
            href={paths.orphans(
              `?scope=all&q=${encodeURIComponent(environmentName)}`,
            )}
          >
            {teardown.orphans}
          </Link>
        ) : (
          '–'
        )}
      </td>
      <td>
        <Button
          variant="tertiary"
          size="small"
          isDisabled={!onForget}
          aria-label={`Forget ${environmentName}…`}
          onPress={onForget}
        >
          Forget…
        </Button>
      </td>
    </tr>
  );
}

function ForgetDialog(props: {
  teardown: FailedTeardown;
  onClose: () => void;
}) {
  const { environmentId, environmentName, orphans } = props.teardown;
  const api = useApi(environmentsApiRef);
  return (
    <ReasonDialog
      title={`Forget ${environmentName}`}
      keep="Go on trying"
      destructive
      notDone={`${environmentName} was not forgotten`}
      onClose={props.onClose}
      onAct={reason => api.forgetEnvironment(environmentId, { reason })}
    >
      <p>
        <strong>
          {orphans === 0
            ? 'Whatever is left of it'
            : `The ${orphans === 1 ? 'resource' : `${orphans} resources`} known to be left`}{' '}
          may still be there, and cost money.
        </strong>{' '}
        Greenroom stops trying to remove it, calls the environment destroyed,
        and keeps on record who said so and why. This can’t be undone.
      </p>
    </ReasonDialog>
  );
}
