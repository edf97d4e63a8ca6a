import { stripAnsi } from './ansi';
import { useOperationLog } from './useOperationLog';
import styles from './log.module.css';

const TAIL = 8;

/** The last lines of a running operation, in a box that keeps its height. */
export function LogTail({ operationId }: { operationId: string }) {
  const { lines } = useOperationLog(operationId);
  return (
    <div className={styles.tail}>
      {lines.length === 0 && 'Waits for the first line…'}
      {lines.slice(-TAIL).map(line => (
        <div key={line.id} className={styles.tailLine}>
          {stripAnsi(line.text)}
        </div>
      ))}
    </div>
  );
}
