import { Problem } from '@greenroom/plugin-environments-common';
import { RiCloseLine } from '@remixicon/react';
import { placeText } from '../operation/words';
import styles from './blueprints.module.css';

/** What is wrong with a blueprint, where, and what to do about it. */
export function Problems(props: { title: string; problems: Problem[] }) {
  if (props.problems.length === 0) return null;
  return (
    <section className={styles.problems} aria-label={props.title}>
      <RiCloseLine size={20} aria-hidden="true" />
      <div>
        <h3 className={styles.problemsTitle}>{props.title}</h3>
        <ul>
          {props.problems.map((problem, index) => (
            <li key={index}>
              {problem.place && (
                <>
                  <code>{placeText(problem.place)}</code>:{' '}
                </>
              )}
              {problem.message} {problem.remedy}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
