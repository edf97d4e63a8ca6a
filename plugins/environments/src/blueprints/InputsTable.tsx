import { JsonObject } from '@greenroom/plugin-environments-common';
import { DataTable } from '../portal/DataTable';
import { inputRows } from './schemaRows';
import styles from './blueprints.module.css';

/** The inputs of a version: what they mean, what they take, what they are when nobody says. */
export function InputsTable({ schema }: { schema: JsonObject }) {
  const rows = inputRows(schema);
  if (rows.length === 0) {
    return <p className={styles.noneOnPage}>It asks for nothing.</p>;
  }
  return (
    <DataTable label="Inputs" columns={['Input', 'What', 'Values', 'Default']}>
      {rows.map(row => (
        <tr key={row.name}>
          <td>
            <code>{row.name}</code>
          </td>
          <td>
            {row.title}
            {row.description && (
              <span className={styles.quietOnPage}> {row.description}</span>
            )}
          </td>
          <td>{row.type}</td>
          <td>
            {row.defaultText ? (
              <code>{row.defaultText}</code>
            ) : (
              (row.required && 'required') || '–'
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
