import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { ReactNode } from 'react';

/** Asks before something is lost. */
export function AskDialog(props: {
  /** Says what it does to what; stands on the button too. */
  title: string;
  keep: string;
  children: ReactNode;
  onAct: () => void;
  onClose: () => void;
}) {
  const { title, keep, children, onAct, onClose } = props;
  return (
    <Dialog width={480} isOpen onOpenChange={open => !open && onClose()}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>{children}</DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          {keep}
        </Button>
        <Button
          destructive
          onPress={() => {
            onAct();
            onClose();
          }}
        >
          {title}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
