import { Skeleton } from '@backstage/ui';
import {
  FailedTeardown,
  Orphan,
  Page,
} from '@greenroom/plugin-environments-common';
import { Moment } from '../time/Moment';

/** What people came for: does something resist, and when is it tried again. */
export function OrphansAnswer(props: {
  teardowns?: Page<FailedTeardown>;
  orphans?: Page<Orphan>;
}) {
  const { teardowns, orphans } = props;
  if (!teardowns || !orphans) return <Skeleton width={320} height={20} />;
  if (teardowns.total === 0) {
    return (
      <>Every teardown got through; nothing that should be gone is left.</>
    );
  }
  const next = teardowns.items
    .flatMap(({ nextAttemptAt }) => nextAttemptAt ?? [])
    .sort()[0];
  return (
    <>
      <strong>
        {teardowns.total === 1
          ? '1 teardown did not get through'
          : `${teardowns.total} teardowns did not get through`}
        .
      </strong>{' '}
      {next && (
        <>
          The next try is <Moment at={next} inWords />.
        </>
      )}
    </>
  );
}
