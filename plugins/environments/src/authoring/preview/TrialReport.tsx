import { Button } from '@backstage/ui';
import { Operation } from '@greenroom/plugin-environments-common';
import { OtherProblems } from '../../create/OtherProblems';
import { Failure } from '../../feedback/Failure';
import { LogTail } from '../../log/LogTail';
import { PlanPreview } from '../../plan/PlanPreview';
import { StateBadge } from '../../state/StateBadge';
import { StateView } from '../../state/states';
import { StepList } from '../../timeline/StepList';
import { Trial, TrialStage } from './useTrial';
import styles from '../authoring.module.css';

const STAGES: Record<TrialStage, string> = {
  sending: 'Keeping the text as a draft',
  checking: 'Checking its sources',
  asking: 'Asking for the plan',
};

const NOT_PLANNED: StateView = {
  word: 'It can’t be planned like this',
  shape: 'cross',
  tone: 'danger',
};

/** How far a plan has come, and the plan itself. */
export function TrialReport({ trial }: { trial: Trial }) {
  const { subject, isStale, isRunning, stage, problems } = trial;
  const { failure, operation, operationId } = trial;
  return (
    <section aria-label={`Plan of ${subject?.name}`} className={styles.trial}>
      <div aria-live="polite" className={styles.trialState}>
        {isStale && (
          <p className={styles.stale}>
            The text has changed since: this is about the text before.
          </p>
        )}
        {isRunning && !operationId && (
          <StateBadge
            view={{ word: STAGES[stage], shape: 'ring', tone: 'info' }}
          />
        )}
        {problems.length > 0 && <StateBadge view={NOT_PLANNED} />}
      </div>
      <OtherProblems problems={problems} />
      {failure !== undefined && (
        <Failure error={failure} what="The plan could not be made" />
      )}
      {trial.cancelFailure !== undefined && (
        <Failure
          error={trial.cancelFailure}
          what="The plan could not be cancelled"
        />
      )}
      {isRunning && !operation?.cancel && (
        <Button variant="secondary" onPress={trial.cancel}>
          {`Cancel plan of ${subject?.name}`}
        </Button>
      )}
      {operationId && (
        <PlanPreview key={operationId} operationId={operationId}>
          {operation && <Progress operation={operation} />}
        </PlanPreview>
      )}
    </section>
  );
}

/** Its steps as they go; once it has failed, also what the tool said last. */
function Progress({ operation }: { operation: Operation }) {
  return (
    <div className={styles.progress}>
      <StepList steps={operation.steps} />
      {operation.state === 'failed' && <LogTail operationId={operation.id} />}
    </div>
  );
}
