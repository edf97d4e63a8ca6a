import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { KeyedOptions } from '@greenroom/plugin-environments-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ReactNode, useState } from 'react';
import { createKey } from '../data/createKey';
import { keys } from '../data/keys';
import { Failure } from '../feedback/Failure';
import styles from './change.module.css';

/** Asks for the reason of something that stays on the record and starts no operation. */
export function ReasonDialog(props: {
  title: string;
  /** On the button; the title when absent. */
  act?: string;
  keep: string;
  destructive?: boolean;
  notDone: string;
  /** What will happen. */
  children: ReactNode;
  /** What is asked beside the reason. */
  fields?: ReactNode;
  /** Told apart by this, requests are made once each; the same one however often it is sent. */
  request?: string;
  /** What was asked for can't be sent yet. */
  isIncomplete?: boolean;
  isOptional?: boolean;
  onAct: (reason: string, keyed: KeyedOptions) => Promise<unknown>;
  onClose: () => void;
}) {
  const { title, act = title, request = 'act', isOptional = false } = props;
  const { onAct, onClose } = props;
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [key] = useState(createKey);
  const action = useMutation({
    mutationFn: (said: string) =>
      onAct(said, { idempotencyKey: `${key}-${request}` }),
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
          {props.fields}
          <TextField
            label="Reason"
            secondaryLabel={isOptional ? 'Optional' : 'Required'}
            description="Stands on the record."
            isRequired={!isOptional}
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
          isDisabled={
            props.isIncomplete || (!isOptional && reason.trim() === '')
          }
          isPending={action.isPending}
          onPress={() => action.mutate(reason.trim())}
        >
          {act}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
