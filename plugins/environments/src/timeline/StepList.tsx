import { VisuallyHidden } from '@backstage/ui';
import { Step } from '@greenroom/plugin-environments-common';
import { stepTitle } from '../operation/words';
import { StateIcon } from '../state/StateIcon';
import { STEP_VIEWS } from '../state/states';
import { StepTime } from './StepTime';
import styles from './timeline.module.css';

/** The steps in order, to read beside something else: nothing to pick, no time axis. */
export function StepList({ steps }: { steps: Step[] }) {
  return (
    <ol aria-label="Steps" className={styles.list}>
      {steps.map(step => (
        <li key={step.id}>
          <StateIcon view={STEP_VIEWS[step.state]} />
          <span className={styles.name}>{stepTitle(step)}</span>
          <VisuallyHidden>{STEP_VIEWS[step.state].word}</VisuallyHidden>
          <span className={styles.time}>
            <StepTime step={step} steps={steps} />
          </span>
        </li>
      ))}
    </ol>
  );
}
