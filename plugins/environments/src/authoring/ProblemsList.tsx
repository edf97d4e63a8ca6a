import { Problem } from '@greenroom/plugin-environments-common';
import { problemText } from '../create/problems';
import { placeText } from '../operation/words';
import styles from './authoring.module.css';

/** What is wrong, in words, each leading to its place. */
export function ProblemsList(props: {
  problems: Problem[];
  onPick: (problem: Problem) => void;
}) {
  const { problems, onPick } = props;
  if (problems.length === 0) return null;
  return (
    <section aria-label="Problems">
      <h3 className={styles.heading}>
        {problems.length === 1 ? '1 problem' : `${problems.length} problems`}
      </h3>
      <ul className={styles.problems}>
        {problems.map((problem, index) => (
          <li key={index}>
            <button
              type="button"
              className={styles.problem}
              onClick={() => onPick(problem)}
            >
              {problem.place && (
                <span className={styles.place}>{placeText(problem.place)}</span>
              )}{' '}
              <span>{problemText(problem)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
