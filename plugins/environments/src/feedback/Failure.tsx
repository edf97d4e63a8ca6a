import { Alert, Button } from '@backstage/ui';
import { explainError } from './explainError';
import styles from './feedback.module.css';

/** What could not be done, why, what to do, and a way to try again. */
export function Failure(props: {
  error: unknown;
  /** `The environments could not be read` */
  what: string;
  onRetry?: () => void;
}) {
  const { message, remedy, retry } = explainError(props.error, props.what);
  return (
    <div role="alert" className={styles.failure}>
      <Alert
        status="danger"
        icon
        title={message}
        description={remedy}
        customActions={
          retry && props.onRetry ? (
            <Button variant="secondary" onPress={props.onRetry}>
              Retry
            </Button>
          ) : undefined
        }
      />
    </div>
  );
}
