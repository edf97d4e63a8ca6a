import { Button } from '@backstage/ui';
import { explainError } from './explainError';
import styles from './feedback.module.css';

/** What is shown is old, because reading it again fails. */
export function StaleNote(props: {
  error: unknown;
  what: string;
  onRetry: () => void;
}) {
  if (!props.error) return null;
  const { message } = explainError(props.error, props.what);
  return (
    <div role="status" className={styles.stale}>
      <span>{message} What you see may be out of date.</span>
      <Button variant="tertiary" onPress={props.onRetry}>
        Retry
      </Button>
    </div>
  );
}
