import { Skeleton } from '@backstage/ui';
import {
  BlueprintVersion,
  formatDurationSeconds,
} from '@greenroom/plugin-environments-common';
import { useBlueprintVersion } from '../data/queries';
import { Failure } from '../feedback/Failure';
import { Card } from '../portal/Card';
import { DataTable } from '../portal/DataTable';
import { inputRows } from './schemaRows';
import styles from './blueprints.module.css';

/** What one version asks for and what it makes. */
export function VersionDetails(props: { name: string; version: string }) {
  const version = useBlueprintVersion(props.name, props.version);
  if (version.isError) {
    return (
      <Failure
        error={version.error}
        what={`Version ${props.version} could not be read`}
        onRetry={version.refetch}
      />
    );
  }
  if (!version.data) return <Skeleton width="100%" height={280} />;
  return (
    <>
      <Inputs version={version.data} />
      <section>
        <h3 className={styles.heading}>Components</h3>
        <DataTable
          label="Components"
          columns={['Component', 'Driver', 'Source', 'After']}
        >
          {version.data.components.map(({ id, driver, source, after }) => (
            <tr key={id}>
              <td>{id}</td>
              <td>{driver}</td>
              <td>
                <code>{source}</code>
              </td>
              <td>{after.join(', ') || '–'}</td>
            </tr>
          ))}
        </DataTable>
      </section>
    </>
  );
}

function Inputs({ version }: { version: BlueprintVersion }) {
  const rows = inputRows(version.inputs);
  return (
    <section>
      <h3 className={styles.heading}>Inputs of {version.version}</h3>
      {rows.length === 0 ? (
        <p className={styles.none}>It asks for nothing.</p>
      ) : (
        <DataTable
          label="Inputs"
          columns={['Input', 'What', 'Values', 'Default']}
        >
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
      )}
    </section>
  );
}

/** How long its environments live, and what they hand out. */
export function VersionCards(props: { name: string; version: string }) {
  const version = useBlueprintVersion(props.name, props.version);
  if (!version.data) return null;
  const { ttl, outputs } = version.data;
  return (
    <>
      <Card title="Time to live">
        <dl className={styles.facts}>
          <dt>Usually</dt>
          <dd>{durationText(ttl.defaultSeconds)}</dd>
          <dt>At most</dt>
          <dd>{durationText(ttl.maxSeconds)}</dd>
          <dt>Warns</dt>
          <dd>
            {ttl.warnBeforeSeconds.length === 0
              ? 'not beforehand'
              : `${ttl.warnBeforeSeconds.map(formatDurationSeconds).join(' and ')} before`}
          </dd>
        </dl>
      </Card>
      <Card title="Outputs">
        {outputs.length === 0 ? (
          <p className={styles.none}>None.</p>
        ) : (
          <ul className={styles.outputs}>
            {outputs.map(({ name, title }) => (
              <li key={name}>
                {title || name}{' '}
                {title && <code className={styles.quiet}>{name}</code>}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

function durationText(seconds?: number): string {
  return seconds === undefined ? 'no end' : formatDurationSeconds(seconds);
}
