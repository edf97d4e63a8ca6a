import { Problem } from '@greenroom/plugin-environments-common';
import { placeText } from '../operation/words';
import styles from './create.module.css';

/** What stands against the request and belongs to no field. */
export function OtherProblems({ problems }: { problems: Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div role="alert" className={styles.problems}>
      {problems.map((problem, index) => (
        <div key={index}>
          {problem.message} {problem.place && `(${placeText(problem.place)}) `}
          {problem.remedy}
        </div>
      ))}
    </div>
  );
}
