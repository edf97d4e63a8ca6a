import { Button, Select } from '@backstage/ui';
import { Problem } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { AddFileDialog } from './AddFileDialog';
import { AskDialog } from './AskDialog';
import { problemsIn } from './check';
import { DOCUMENT, Files } from './files';
import styles from './authoring.module.css';

/** Which file is written in, and which there are. */
export function FileBar(props: {
  files: Files;
  current: string;
  problems: Problem[];
  onOpen: (path: string) => void;
  onAdd: (path: string) => void;
  onDelete: (path: string) => void;
}) {
  const { files, current, problems, onOpen, onAdd, onDelete } = props;
  const [asking, setAsking] = useState<'add' | 'delete'>();
  const paths = [DOCUMENT, ...Object.keys(files).sort()];
  const close = () => setAsking(undefined);
  return (
    <div className={styles.fileBar}>
      <Select
        aria-label="File"
        className={styles.file}
        searchable={paths.length > 8}
        searchPlaceholder="Search files"
        options={paths.map(path => ({
          id: path,
          label: labelOf(path, problemsIn(path, problems).length),
        }))}
        value={current}
        onChange={key => onOpen(String(key))}
      />
      <Button variant="secondary" onPress={() => setAsking('add')}>
        Add a file…
      </Button>
      {current !== DOCUMENT && (
        <Button variant="tertiary" onPress={() => setAsking('delete')}>
          {`Delete ${current}…`}
        </Button>
      )}
      {asking === 'add' && (
        <AddFileDialog files={files} onAdd={onAdd} onClose={close} />
      )}
      {asking === 'delete' && (
        <AskDialog
          title={`Delete ${current}`}
          keep="Keep it"
          onAct={() => onDelete(current)}
          onClose={close}
        >
          What is written in it is lost. Published versions keep theirs.
        </AskDialog>
      )}
    </div>
  );
}

function labelOf(path: string, problems: number): string {
  if (problems === 0) return path;
  return `${path}, ${problems === 1 ? '1 problem' : `${problems} problems`}`;
}
