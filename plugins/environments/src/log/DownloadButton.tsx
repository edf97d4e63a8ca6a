import { useApi } from '@backstage/frontend-plugin-api';
import { Operation } from '@greenroom/plugin-environments-common';
import { RiDownloadLine } from '@remixicon/react';
import { useMutation } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { saveBlob } from '../data/saveText';
import { explainError } from '../feedback/explainError';
import styles from './log.module.css';

/** Saves the whole log, with exact times and nothing folded. */
export function DownloadButton(props: {
  operation: Operation;
  isDisabled: boolean;
}) {
  const { operation, isDisabled } = props;
  const { id, environmentName, kind, number } = operation;
  const api = useApi(environmentsApiRef);
  const download = useMutation({
    mutationFn: async () => (await api.downloadLogs(id, 'text')).blob(),
    onSuccess: blob =>
      saveBlob(`${environmentName}-${kind}-${number}.log`, blob),
  });
  return (
    <>
      <button
        type="button"
        className={styles.tool}
        aria-label="Download the log"
        title="Download the log"
        disabled={isDisabled || download.isPending}
        onClick={() => download.mutate()}
      >
        <RiDownloadLine size={16} aria-hidden="true" />
      </button>
      {download.isError && (
        <span role="alert">
          {explainError(download.error, 'It was not downloaded').message}
        </span>
      )}
    </>
  );
}
