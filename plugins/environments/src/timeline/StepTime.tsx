import { Step } from '@greenroom/plugin-environments-common';
import { Elapsed } from '../time/Elapsed';

/** How long a step took, or what it waits for. */
export function StepTime({ step, steps }: { step: Step; steps: Step[] }) {
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
