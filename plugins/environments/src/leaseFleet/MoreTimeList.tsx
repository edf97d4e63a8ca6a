import { Link } from '@backstage/ui';
import { WaitingMoreTime } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { entityName } from '../entity/names';
import { ListSection } from '../list/ListSection';
import { FIRST_PAGE, PAGE_SIZE } from '../list/page';
import { Pager } from '../list/Pager';
import { AnswerButtons } from '../leases/AnswerButtons';
import { DataTable } from '../portal/DataTable';
import { usePaths } from '../portal/paths';
import { momentsInWords } from '../time/format';
import { Moment } from '../time/Moment';
import { useNow } from '../time/useNow';
import { LeaseFilters, toSelection } from './filters';
import { useMoreTime } from './queries';
import styles from './leaseFleet.module.css';

/** Who asks for more time than the limits allow, over the fleet; the longest waiting first. */
export function MoreTimeList({ filters }: { filters: LeaseFilters }) {
  const [place, setPlace] = useState(FIRST_PAGE);
  const requests = useMoreTime({
    ...toSelection(filters),
    cursor: place.cursor,
    limit: PAGE_SIZE,
  });
  return (
    <ListSection
      heading="Waiting for an answer"
      what="The requests for more time could not be read"
      list={requests}
      height={108}
      empty={<Nobody />}
    >
      {page => (
        <>
          <DataTable
            label="Waiting for an answer"
            columns={[
              'Environment',
              'Asked by',
              'Why',
              'Ends',
              'Wanted',
              'Answer',
            ]}
            stacks
          >
            {page.items.map(request => (
              <RequestRow key={request.id} request={request} />
            ))}
          </DataTable>
          {page.total > PAGE_SIZE && (
            <Pager
              place={place}
              shown={page.items.length}
              total={page.total}
              nextCursor={page.nextCursor}
              onChange={setPlace}
            />
          )}
        </>
      )}
    </ListSection>
  );
}

/** Whoever answers is seldom of the team that asks. */
function Nobody() {
  const paths = usePaths();
  const all = useMoreTime({ scope: 'all', limit: 1 }).data?.total ?? 0;
  if (all === 0)
    return <>Nobody asks for more time than the limits of a lease allow.</>;
  return (
    <>
      Nobody of these asks for more time. Over all teams{' '}
      <Link href={paths.leases('more-time', '?scope=all')}>
        {all} {all === 1 ? 'waits' : 'wait'} for an answer
      </Link>
      .
    </>
  );
}

function RequestRow({ request }: { request: WaitingMoreTime }) {
  const paths = usePaths();
  const now = useNow(15_000);
  const { environmentId, environmentName: name, expiresAt } = request;
  return (
    <tr>
      <td>
        <Link href={paths.environmentById(environmentId, name)}>{name}</Link>
        <div className={styles.below}>{entityName(request.owner)}</div>
      </td>
      <td className={styles.when}>
        {entityName(request.askedBy)}
        <div className={styles.below}>
          <Moment at={request.askedAt} inWords />
        </div>
      </td>
      <td className={styles.wraps}>
        {request.reason}
        <div className={styles.below}>
          {momentsInWords(request.limit.message, { now })}
        </div>
      </td>
      <td className={styles.when}>
        {expiresAt ? <Moment at={expiresAt} inWords /> : 'never'}
      </td>
      <td className={styles.when}>
        <Moment at={request.until} inWords />
      </td>
      <td>
        <AnswerButtons request={request} expiresAt={expiresAt} size="small" />
      </td>
    </tr>
  );
}
