import { Step } from '@greenroom/plugin-environments-common';
import { Card } from '../portal/Card';
import { formatTook } from '../time/format';
import { useNow } from '../time/useNow';
import { timelineOf } from './bars';
import { StepRow } from './StepRow';
import styles from './timeline.module.css';

/** The steps in order, each with its bar on a common time axis; picking one shows its part of the log alone. */
export function Steps(props: {
  steps: Step[];
  picked?: string;
  onPick: (id: string | undefined) => void;
}) {
  const { steps, picked, onPick } = props;
  const now = useNow();
  const timeline = timelineOf(steps, now);
  const done = steps.filter(
    ({ state }) => state === 'succeeded' || state === 'unchanged',
  ).length;
  return (
    <Card
      title="Steps"
      aside={steps.length > 0 && `${done} of ${steps.length} done`}
      className={styles.card}
    >
      {steps.length === 0 && (
        <p className={styles.none}>Decided once it begins.</p>
      )}
      <ol className={styles.steps}>
        {steps.map(step => (
          <StepRow
            key={step.id}
            step={step}
            steps={steps}
            bar={timeline.bars.get(step.id)}
            picked={picked === step.id}
            onPick={() => onPick(picked === step.id ? undefined : step.id)}
          />
        ))}
      </ol>
      {timeline.milliseconds >= 1000 && (
        <div className={styles.axis} aria-hidden="true">
          <span>0</span>
          <span>{formatTook(timeline.milliseconds)}</span>
        </div>
      )}
    </Card>
  );
}
