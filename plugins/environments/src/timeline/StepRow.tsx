import { VisuallyHidden } from '@backstage/ui';
import { Step } from '@greenroom/plugin-environments-common';
import { stepTitle } from '../operation/words';
import { StateIcon } from '../state/StateIcon';
import { STEP_VIEWS } from '../state/states';
import { Bar } from './bars';
import { StepTime } from './StepTime';
import styles from './timeline.module.css';

export function StepRow(props: {
  step: Step;
  steps: Step[];
  bar?: Bar;
  picked: boolean;
  onPick: () => void;
}) {
  const { step, steps, bar, picked, onPick } = props;
  const view = STEP_VIEWS[step.state];
  return (
    <li>
      <button
        type="button"
        className={styles.step}
        aria-pressed={picked}
        data-state={step.state}
        onClick={onPick}
      >
        <StateIcon view={view} />
        <span className={styles.name}>{stepTitle(step)}</span>
        <VisuallyHidden>{view.word}</VisuallyHidden>
        <span className={styles.time}>
          <StepTime step={step} steps={steps} />
        </span>
        <span className={styles.track} aria-hidden="true">
          {bar && bar.waited > 0 && (
            <span
              className={styles.waited}
              style={{
                left: percent(bar.left - bar.waited),
                width: percent(bar.waited),
              }}
            />
          )}
          {bar && (
            <span
              className={`${styles.bar} ${styles[view.tone]}`}
              style={{ left: percent(bar.left), width: percent(bar.width) }}
            />
          )}
        </span>
      </button>
    </li>
  );
}

function percent(share: number): string {
  return `${share * 100}%`;
}
