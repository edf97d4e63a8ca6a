import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ReactNode } from 'react';
import { keys } from '../data/keys';
import { Failure } from '../feedback/Failure';
import styles from '../change/change.module.css';

/** Says what a system is going to do before it is asked to. */
export function AskDialog(props: {
  title: string;
  keep: string;
  notDone: string;
  children: ReactNode;
  onAct: () => Promise<void>;
  onAsked: () => void;
  onClose: () => void;
}) {
  const { title, onAct, onAsked, onClose } = props;
  const client = useQueryClient();
  const action = useMutation({
    mutationFn: onAct,
    onSuccess: () => {
      onAsked();
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
      </DialogBody>
      <DialogFooter className={styles.footer}>
        <Button variant="secondary" slot="close">
          {props.keep}
        </Button>
        <Button
          variant="primary"
          isPending={action.isPending}
          onPress={() => action.mutate()}
        >
          {title}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
