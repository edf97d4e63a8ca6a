import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { useState } from 'react';
import { FieldError } from '../create/FieldError';
import { Files, pathProblem } from './files';
import styles from '../change/change.module.css';

/** Asks what a new file is called. */
export function AddFileDialog(props: {
  files: Files;
  onAdd: (path: string) => void;
  onClose: () => void;
}) {
  const { files, onAdd, onClose } = props;
  const [path, setPath] = useState('');
  const problem = path === '' ? undefined : pathProblem(path, files);
  return (
    <Dialog width={480} isOpen onOpenChange={open => !open && onClose()}>
      <DialogHeader>Add a file</DialogHeader>
      <DialogBody className={styles.asked}>
        <TextField
          label="Path"
          description="Relative to the blueprint, such as site/main.tf."
          value={path}
          onChange={setPath}
          isInvalid={problem !== undefined}
          aria-describedby="add-file-error"
        />
        <FieldError id="add-file-error" error={problem} />
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Add none
        </Button>
        <Button
          isDisabled={path === '' || problem !== undefined}
          onPress={() => {
            onAdd(path);
            onClose();
          }}
        >
          {path === '' || problem ? 'Add the file' : `Add ${path}`}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
