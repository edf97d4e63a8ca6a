import {
  Environment,
  Operation,
  Problem,
} from '@greenroom/plugin-environments-common';
import { RiCloseLine } from '@remixicon/react';
import { DestroyButton } from '../environment/DestroyButton';
import { Card } from '../portal/Card';
import { StateIcon } from '../state/StateIcon';
import { changesOf, placeText } from './words';
import styles from './operation.module.css';

/** A failure from its cause on: what it was, what was and was not changed, what to do. */
export function FailureReport(props: {
  operation: Operation;
  environment: Environment;
}) {
  const { operation, environment } = props;
  const problem =
    operation.problem ?? operation.steps.find(step => step.problem)?.problem;
  return (
    <>
      {problem && <Cause problem={problem} />}
      <div className={styles.aftermath}>
        <Card title="What was and was not changed">
          <ul className={styles.changes}>
            {changesOf(operation).map(({ component, done, text }) => (
              <li key={component}>
                <StateIcon
                  view={
                    done
                      ? { shape: 'tick', tone: 'success' }
                      : { shape: 'dash', tone: 'neutral' }
                  }
                />
                <span>
                  <strong>{component}</strong> {text}
                </span>
              </li>
            ))}
          </ul>
        </Card>
        <Card title="What to do">
          {problem?.remedy && <p className={styles.remedy}>{problem.remedy}</p>}
          {environment.state !== 'destroyed' && (
            <div className={styles.todo}>
              <DestroyButton environment={environment} />
              <span className={styles.quiet}>
                {operation.kind === 'destroy'
                  ? 'Tries again to remove all that is left.'
                  : 'Removes whatever was made; then create it anew.'}
              </span>
            </div>
          )}
        </Card>
      </div>
    </>
  );
}

function Cause({ problem }: { problem: Problem }) {
  return (
    <div role="alert" className={styles.cause}>
      <RiCloseLine size={20} aria-hidden="true" />
      <div>
        <div className={styles.causeTitle}>{problem.message}</div>
        {(problem.component || problem.place) && (
          <div>
            {problem.component && <>Component {problem.component}</>}
            {problem.component && problem.place && ', '}
            {problem.place && <code>{placeText(problem.place)}</code>}
          </div>
        )}
        {problem.detail && (
          <details className={styles.detail}>
            <summary>In the tool’s own words</summary>
            <pre>{problem.detail}</pre>
          </details>
        )}
      </div>
    </div>
  );
}
