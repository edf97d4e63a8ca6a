import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ReactNode, useState } from 'react';
import { keys } from '../data/keys';
import { Failure } from '../feedback/Failure';
import styles from './change.module.css';

/** Asks for the reason of something that stays on the record and starts no operation. */
export function ReasonDialog(props: {
  title: string;
  keep: string;
  destructive?: boolean;
  notDone: string;
  children: ReactNode;
  onAct: (reason: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { title, onAct, onClose } = props;
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const action = useMutation({
    mutationFn: onAct,
    onSuccess: () => {
      client.invalidateQueries({ queryKey: keys.live });
      onClose();
    },
  });
  return (
    <Dialog width={520} isOpen onOpenChange={open => !open && onClose()}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        {action.isError && (
          <Failure error={action.error} what={props.notDone} />
        )}
        <div className={styles.consequence}>{props.children}</div>
        <div className={styles.asked}>
          <TextField
            label="Reason"
            secondaryLabel="Required"
            description="Stands on the record."
            isRequired
            value={reason}
            onChange={setReason}
          />
        </div>
      </DialogBody>
      <DialogFooter className={styles.footer}>
        <Button variant="secondary" slot="close">
          {props.keep}
        </Button>
        <Button
          variant="primary"
          destructive={props.destructive}
          isDisabled={reason.trim() === ''}
          isPending={action.isPending}
          onPress={() => action.mutate(reason.trim())}
        >
          {title}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
