import { Skeleton } from '@backstage/ui';
import {
  Environment,
  LiveComponent,
} from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { Announce } from '../feedback/Announce';
import { Failure } from '../feedback/Failure';
import { StaleNote } from '../feedback/StaleNote';
import { Cause } from './Cause';
import { Differences } from './Differences';
import { Head } from './Head';
import { History } from './History';
import { LastSync } from './LastSync';
import { useLiveDetail } from './queries';
import { Resources } from './Resources';
import { useBlocked } from './useBlocked';
import { standing } from './words';
import styles from './live.module.css';

/** One component: how it stands and why, what it came to, and what may be done about it. */
export function Detail(props: {
  environment: Environment;
  /** As the list of all knows it, until more is known. */
  live: LiveComponent;
}) {
  const { environment, live } = props;
  const { component } = live;
  const [askedAt, setAskedAt] = useState(0);
  const detail = useLiveDetail(environment, component, askedAt);
  const { data, error, refetch } = detail;
  const shown = data ?? live;
  const blocked = useBlocked(environment, data);
  const what = `What is seen of ${component} could not be read`;
  const sync = data?.operation && <LastSync operation={data.operation} />;
  // One that is under way or has failed says why the rest is as it is.
  const over = data?.operation?.phase === 'succeeded';
  const onAsked = () => setAskedAt(Date.now());
  return (
    <section aria-label={component} className={styles.detail}>
      <Announce text={standing(shown)} />
      <Head
        environment={environment}
        live={shown}
        changes={data?.changes ?? []}
        blocked={blocked}
        onAsked={onAsked}
      />
      <Cause live={shown} />
      {data && <StaleNote error={error} what={what} onRetry={refetch} />}
      {!data && error && (
        <Failure error={error} what={what} onRetry={refetch} />
      )}
      {!data && !error && (
        <div aria-busy="true">
          <Skeleton width="100%" height={320} />
        </div>
      )}
      {data && (
        <>
          {!over && sync}
          <Differences changes={data.changes} />
          <Resources detail={data} />
          {over && sync}
          <History
            environment={environment}
            detail={data}
            blocked={blocked}
            onAsked={onAsked}
          />
        </>
      )}
    </section>
  );
}
