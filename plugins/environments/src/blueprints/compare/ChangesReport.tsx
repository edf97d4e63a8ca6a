import {
  BlueprintChange,
  JsonValue,
} from '@greenroom/plugin-environments-common';
import { DataTable } from '../../portal/DataTable';
import { StateBadge } from '../../state/StateBadge';
import { StateView } from '../../state/states';
import { changePlace, changeText } from './changeText';
import { groupChanges } from './groupChanges';
import styles from './compare.module.css';

const BREAKS: StateView = { word: 'Breaks', shape: 'cross', tone: 'danger' };
const FITS: StateView = { word: 'Fits', shape: 'tick', tone: 'success' };

/** Every change to the document, by the part of it that changed. */
export function ChangesReport({ changes }: { changes: BlueprintChange[] }) {
  return (
    <>
      {groupChanges(changes).map(group => (
        <section key={group.title}>
          <h3 className={styles.heading}>{group.title}</h3>
          <DataTable
            label={`Changes: ${group.title}`}
            columns={['Change', 'Upgrade', 'Before', 'After']}
            stacks
          >
            {group.changes.map(change => (
              <tr key={`${change.kind} ${change.path}`}>
                <td className={styles.what}>
                  <What change={change} />
                </td>
                <td className={styles.verdict}>
                  <StateBadge view={change.breaking ? BREAKS : FITS} />
                </td>
                <td className={styles.value}>
                  <Value value={change.before} />
                </td>
                <td className={styles.value}>
                  <Value value={change.after} />
                </td>
              </tr>
            ))}
          </DataTable>
        </section>
      ))}
    </>
  );
}

function What({ change }: { change: BlueprintChange }) {
  const place = changePlace(change);
  return (
    <>
      {changeText(change)}
      {place && <span className={styles.place}> {place}</span>}
    </>
  );
}

function Value({ value }: { value?: JsonValue }) {
  if (value === undefined) return <span className={styles.quiet}>–</span>;
  const text =
    typeof value === 'object' && value !== null
      ? JSON.stringify(value, null, 2)
      : JSON.stringify(value);
  return <code className={styles.json}>{text}</code>;
}
