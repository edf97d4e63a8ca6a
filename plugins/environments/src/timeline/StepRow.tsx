import { VisuallyHidden } from '@backstage/ui';
import { Step } from '@greenroom/plugin-environments-common';
import { stepTitle } from '../operation/words';
import { StateIcon } from '../state/StateIcon';
import { STEP_VIEWS } from '../state/states';
import { Elapsed } from '../time/Elapsed';
import { Bar } from './bars';
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

function StepTime({ step, steps }: { step: Step; steps: Step[] }) {
  if (step.state === 'waiting') return <>{waitsFor(step, steps)}</>;
  if (step.state === 'skipped') return <>not started</>;
  if (step.state === 'unchanged') return <>no change</>;
  return (
    <>
      {step.startedAt && <Elapsed from={step.startedAt} to={step.finishedAt} />}
      {step.attempt > 1 && `, try ${step.attempt}`}
      {step.state === 'cancelled' && ', cancelled'}
    </>
  );
}

function waitsFor(step: Step, steps: Step[]): string {
  const first = steps.find(
    ({ id, state }) =>
      step.after.includes(id) && state !== 'succeeded' && state !== 'unchanged',
  );
  if (!first) return 'waits';
  return `after ${first.component === step.component ? first.action : first.component}`;
}

function percent(share: number): string {
  return `${share * 100}%`;
}
