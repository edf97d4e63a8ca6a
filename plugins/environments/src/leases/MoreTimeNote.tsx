import { EnvironmentLease } from '@greenroom/plugin-environments-common';
import { EntityLink } from '../entity/EntityLink';
import { Card } from '../portal/Card';
import { momentsInWords } from '../time/format';
import { Moment } from '../time/Moment';
import { asSentence } from '../time/timeLeftWords';
import { useNow } from '../time/useNow';
import { AnswerButtons } from './AnswerButtons';
import styles from './leases.module.css';

/** Who asks for more time than the limits allow, why, and what is to be done about it; or how that ended. */
export function MoreTimeNote({ lease }: { lease: EnvironmentLease }) {
  const now = useNow(15_000);
  const { moreTime, expiresAt } = lease;
  if (!moreTime) return null;
  const { state, askedBy, askedAt, until, reason, limit, answer } = moreTime;
  if (state === 'declined' && answer) {
    return (
      <p className={styles.declined}>
        <EntityLink entityRef={answer.by} /> declined{' '}
        <Moment at={answer.at} inWords /> that it goes on until{' '}
        <Moment at={until} inWords />: {asSentence(answer.reason)}
      </p>
    );
  }
  if (state !== 'waiting') return null;
  return (
    <Card title="Waiting for an answer" className={styles.asks}>
      <p>
        More time until{' '}
        <strong>
          <Moment at={until} inWords />
        </strong>
        , asked for by <EntityLink entityRef={askedBy} />{' '}
        <Moment at={askedAt} inWords />. {asSentence(reason)}
      </p>
      <p className={styles.quiet}>
        {momentsInWords(limit.message, { now })}
        {expiresAt && (
          <>
            {' '}
            If nobody answers, it ends <Moment at={expiresAt} inWords />.
          </>
        )}
      </p>
      <AnswerButtons request={moreTime} expiresAt={expiresAt} />
    </Card>
  );
}
