import { Step } from '@greenroom/plugin-environments-common';
import { Card } from '../portal/Card';
import { StateIcon } from '../state/StateIcon';
import { STEP_VIEWS } from '../state/states';
import { Elapsed } from '../time/Elapsed';
import { VisuallyHidden } from '@backstage/ui';
import { stepTitle } from './words';
import styles from './operation.module.css';

/** The steps in order; picking one shows its part of the log alone. */
export function Steps(props: {
  steps: Step[];
  picked?: string;
  onPick: (id: string | undefined) => void;
}) {
  const { steps, picked, onPick } = props;
  const done = steps.filter(({ state }) => state === 'succeeded').length;
  return (
    <Card
      title="Steps"
      aside={`${done} of ${steps.length} done`}
      className={styles.steps}
    >
      <ol className={styles.stepList}>
        {steps.map(step => (
          <li key={step.id}>
            <button
              type="button"
              className={styles.step}
              aria-pressed={picked === step.id}
              data-state={step.state}
              onClick={() => onPick(picked === step.id ? undefined : step.id)}
            >
              <StateIcon view={STEP_VIEWS[step.state]} />
              <span className={styles.stepName}>{stepTitle(step)}</span>
              <VisuallyHidden>{STEP_VIEWS[step.state].word}</VisuallyHidden>
              <span className={styles.stepTime}>
                <StepTime step={step} steps={steps} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function StepTime({ step, steps }: { step: Step; steps: Step[] }) {
  if (step.state === 'waiting') {
    const first = steps.find(
      ({ id, state }) => step.after.includes(id) && state !== 'succeeded',
    );
    return (
      <>
        {first
          ? `after ${first.component === step.component ? first.action : first.component}`
          : 'waits'}
      </>
    );
  }
  if (step.state === 'skipped') return <>not started</>;
  return (
    <>
      {step.startedAt && <Elapsed from={step.startedAt} to={step.finishedAt} />}
      {step.attempt > 1 && `, try ${step.attempt}`}
    </>
  );
}
