import { useBreakpoint } from '@backstage/ui';
import { BlueprintFileChange } from '@greenroom/plugin-environments-common';
import { useMemo } from 'react';
import { keyboardScrollable } from '../../portal/keyboardScrollable';
import { Inline, SideBySide } from './DiffRows';
import { countLines, readUnified } from './unified';
import styles from './compare.module.css';

/** More than these are closed at first: one opens what one wants to read. */
const OPEN_AT_FIRST = 5;

const OMITTED = {
  binary: 'It holds no text, so there is nothing to show side by side.',
  large: 'Too much of it differs to be read here.',
};

/** The files that are not the same in both versions. */
export function FileDiffs({ files }: { files: BlueprintFileChange[] }) {
  return (
    <section>
      <h3 className={styles.heading}>Files</h3>
      {files.length === 0 ? (
        <p className={styles.none}>All files are the same.</p>
      ) : (
        files.map((file, index) => (
          <FileDiff key={file.path} file={file} open={index < OPEN_AT_FIRST} />
        ))
      )}
    </section>
  );
}

function FileDiff(props: { file: BlueprintFileChange; open: boolean }) {
  const { path, change, diff, omitted } = props.file;
  const { down } = useBreakpoint();
  const rows = useMemo(() => readUnified(diff ?? ''), [diff]);
  const { added, removed } = countLines(rows);
  return (
    <details className={styles.file} open={props.open}>
      <summary>
        <code className={styles.path}>{path}</code>
        <span className={styles.quietOnCard}>{change}</span>
        {diff !== undefined && (
          <span className={styles.counts}>
            <span className={styles.added}>+{added}</span>{' '}
            <span className={styles.removed}>−{removed}</span>
          </span>
        )}
      </summary>
      {omitted ? (
        <p className={styles.omitted}>{OMITTED[omitted]}</p>
      ) : (
        <div
          className={styles.scroll}
          role="region"
          aria-label={`What differs in ${path}`}
          {...keyboardScrollable}
        >
          {down('lg') || change !== 'changed' ? (
            <Inline rows={rows} />
          ) : (
            <SideBySide rows={rows} />
          )}
        </div>
      )}
    </details>
  );
}
