import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  Environment,
  StateVersionSummary,
} from '@greenroom/plugin-environments-common';
import { useMutation } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { useOperation } from '../data/operationQueries';
import { saveText } from '../data/saveText';
import { EntityLink } from '../entity/EntityLink';
import { explainError } from '../feedback/explainError';
import { OperationLink } from '../operation/Cause';
import { Moment } from '../time/Moment';
import { sizeText } from './sizeText';
import styles from './states.module.css';

/** One kept version: what it is, where it came from, and what may be done with it. */
export function StateVersionRow(props: {
  version: StateVersionSummary;
  environment: Environment;
  mayDownload: boolean;
  mayRestore: boolean;
  onRestore: () => void;
}) {
  const { version, environment, mayDownload, mayRestore, onRestore } = props;
  const { component, serial } = version;
  const api = useApi(environmentsApiRef);
  const download = useMutation({
    mutationFn: () => api.downloadState(version.id),
    onSuccess: text =>
      saveText(`${environment.name}-${component}-${serial}.tfstate`, text),
  });
  return (
    <tr>
      <td>
        serial {serial}
        {version.current && <strong className={styles.current}>present</strong>}
      </td>
      <td>{component}</td>
      <td>
        <Moment at={version.createdAt} inWords />
        <span className={styles.by}>
          <Origin version={version} />
        </span>
      </td>
      <td>{version.resources}</td>
      <td>{sizeText(version.size)}</td>
      <td>
        <code title={version.lineage}>{version.lineage.slice(0, 8)}</code>
      </td>
      <td>
        <div className={styles.buttons}>
          <Button
            variant="tertiary"
            size="small"
            isDisabled={!mayDownload}
            isPending={download.isPending}
            aria-label={`Download serial ${serial} of ${component}`}
            onPress={() => download.mutate()}
          >
            Download
          </Button>
          {!version.current && (
            <Button
              variant="tertiary"
              size="small"
              isDisabled={!mayRestore}
              aria-label={`Restore serial ${serial} of ${component}…`}
              onPress={onRestore}
            >
              Restore…
            </Button>
          )}
        </div>
        {download.isError && (
          <div role="alert" className={styles.failed}>
            {explainError(download.error, 'It was not downloaded').message}
          </div>
        )}
      </td>
    </tr>
  );
}

function Origin({ version }: { version: StateVersionSummary }) {
  const { restored, operationId } = version;
  const operation = useOperation(operationId);
  if (restored) {
    return (
      <>
        restored by <EntityLink entityRef={restored.by} />: {restored.reason}
      </>
    );
  }
  if (operation.data) {
    return (
      <>
        by <OperationLink operation={operation.data} />
      </>
    );
  }
  return null;
}
