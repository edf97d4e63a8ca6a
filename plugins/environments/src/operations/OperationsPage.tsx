import { Link, Skeleton } from '@backstage/ui';
import { OperationState } from '@greenroom/plugin-environments-common';
import { useOperations } from '../data/operationQueries';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { OperationsList } from './OperationsList';

const UNDER_WAY: OperationState[] = ['pending', 'queued', 'running'];

/** Every change to every environment, newest first. */
export function OperationsPage() {
  return (
    <PageFrame title="Operations" tab="operations">
      <PageTitle title="Operations" answer={<Answer />} />
      <OperationsList />
    </PageFrame>
  );
}

/** What people came for: does something wait for a word, is something under way. */
function Answer() {
  const paths = usePaths();
  const waiting = useOperations({
    scope: 'teams',
    state: ['waiting'],
    limit: 1,
  });
  const underWay = useOperations({
    scope: 'teams',
    state: UNDER_WAY,
    limit: 1,
  });
  if (waiting.isError || underWay.isError) return null;
  if (!waiting.data || !underWay.data) {
    return <Skeleton width={320} height={20} />;
  }
  const waits = waiting.data.total;
  const runs = underWay.data.total;
  return (
    <>
      {waits === 0 ? (
        'No plan of your teams waits for a word'
      ) : (
        <Link href={paths.operations('?state=waiting')}>
          {waits} plan{waits === 1 ? ' waits' : 's wait'} for a word
        </Link>
      )}
      ,{' '}
      {runs === 0 ? (
        'nothing is under way'
      ) : (
        <Link
          href={paths.operations(
            `?${UNDER_WAY.map(state => `state=${state}`).join('&')}`,
          )}
        >
          {runs} {runs === 1 ? 'is' : 'are'} under way
        </Link>
      )}
      .
    </>
  );
}
