import {
  Environment,
  Operation,
  Problem,
} from '@greenroom/plugin-environments-common';
import { RiCloseLine } from '@remixicon/react';
import { WhatToDo } from '../moves/WhatToDo';
import { Card } from '../portal/Card';
import { StateIcon } from '../state/StateIcon';
import { changesOf } from './changes';
import { problemsOf } from './problemsOf';
import { placeText } from './words';
import styles from './operation.module.css';

/** An operation that ended early, from its cause on: what it was, what was and was not changed, what to do. */
export function EndReport(props: {
  operation: Operation;
  environment: Environment;
}) {
  const { operation } = props;
  const problems = problemsOf(operation);
  const remedy = problems.find(one => one.remedy)?.remedy;
  return (
    <>
      {problems.filter(isNews).map(problem => (
        <Cause
          key={`${problem.component} ${problem.code} ${problem.message}`}
          problem={problem}
        />
      ))}
      <div className={styles.aftermath}>
        <Card title="What was and was not changed">
          <ul className={styles.changes}>
            {operation.steps.length === 0 && <li>Nothing was changed.</li>}
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
          {remedy && <p className={styles.remedy}>{remedy}</p>}
          <WhatToDo {...props} />
        </Card>
      </div>
    </>
  );
}

/** Who cancelled it stands in the head, and was meant: that is no alarm. */
function isNews({ code }: Problem): boolean {
  return code !== 'operation.cancelled';
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
