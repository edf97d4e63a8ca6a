import { Button } from '@backstage/ui';
import { useState } from 'react';
import { Answer, AnswerDialog, AnswerProps } from './AnswerDialog';
import styles from './leases.module.css';

const WORDS: Record<Answer, string> = {
  approve: 'Approve',
  decline: 'Decline',
  withdraw: 'Withdraw',
};

/** What the reader may do about a request for more time, or why they may not. */
export function AnswerButtons(props: AnswerProps & { size?: 'small' }) {
  const { request, expiresAt, size } = props;
  const { environmentName: name, rights } = request;
  const [asking, setAsking] = useState<Answer>();
  const answers: Answer[] = rights.withdraw
    ? ['withdraw']
    : ['approve', 'decline'];
  const isBlocked = !rights.withdraw && !rights.answer;
  return (
    <span className={styles.answers}>
      {answers.map(answer => (
        <Button
          key={answer}
          variant="secondary"
          size={size}
          isDisabled={isBlocked}
          aria-label={`${WORDS[answer]} more time for ${name}…`}
          onPress={() => setAsking(answer)}
        >
          {WORDS[answer]}…
        </Button>
      ))}
      {isBlocked && (
        <span className={styles.quiet}>
          Whoever may go beyond its limits answers.
        </span>
      )}
      {rights.withdraw && !size && (
        <span className={styles.quiet}>Somebody else answers it.</span>
      )}
      {asking && (
        <AnswerDialog
          answer={asking}
          request={request}
          expiresAt={expiresAt}
          onClose={() => setAsking(undefined)}
        />
      )}
    </span>
  );
}
