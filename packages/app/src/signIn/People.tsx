import { Avatar, Text } from '@backstage/ui';
import { SamplePerson } from './config';
import styles from './signIn.module.css';

/** One button for each sample person: sign in as whom, of which team, doing what. */
export function People(props: {
  people: SamplePerson[];
  onChoose: (user: string) => void;
}) {
  const { people, onChoose } = props;
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="sample-people" className={styles.section}>
      <h2 id="sample-people" className={styles.sectionTitle}>
        Sample people
      </h2>
      <Text variant="body-small" color="secondary">
        For trying out and developing: no password, and never in production.
      </Text>
      <ul className={styles.list}>
        {people.map(({ user, name, title, team }) => (
          <li key={user}>
            <button
              type="button"
              className={styles.person}
              onClick={() => onChoose(user)}
            >
              <Avatar src="" name={name} size="medium" purpose="decoration" />
              <span className={styles.personWords}>
                <span className={styles.personName}>Sign in as {name}</span>
                <span className={styles.personRole}>
                  {[team, title].filter(Boolean).join(' · ')}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
